"""From what students handed in to `submitted/STUDENT/EXERCISE/EXERCISE.ipynb`: import, attempts, doctor."""
