# ruff: noqa
# A table of 37 kB, whose open tags a parser repeats in each paragraph that follows: a page of 28 MB, and a gigabyte of memory.
# fails: nothing

# %% tags=["scratch"]
from IPython.display import display

tags = "".join(f"<b id={number}>" for number in range(2000))
display({"text/html": f"<table><tr><td><p>{tags}</p>" + "<p>x</p>" * 2000, "text/plain": "table"}, raw=True)
