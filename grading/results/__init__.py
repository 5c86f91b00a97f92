"""What a class got: tables, pages to read, to mark and to hand back, and files for other programs."""
