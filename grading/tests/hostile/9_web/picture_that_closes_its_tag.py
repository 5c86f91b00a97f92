# ruff: noqa
# Picture data and sizes that close the page's own quotes.
# fails: nothing

# %% tags=["scratch"]
from IPython.display import display

evil = 'x"><script>hostile()</script><img src=x onerror=hostile() y="'
display({"image/png": evil, "image/jpeg": evil, "text/plain": "picture"}, raw=True)
display({"image/png": "aGVsbG8="}, metadata={"image/png": {"width": evil, "height": evil, "alt": evil}}, raw=True)
