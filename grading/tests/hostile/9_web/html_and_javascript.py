# ruff: noqa
# Scripts in outputs of every kind that a page would run.
# fails: nothing

# %% tags=["scratch"]
from IPython.display import HTML, SVG, IFrame, Javascript, Latex, Markdown, display

evil = "<script>hostile()</script><img src=x onerror=hostile()>"
display(HTML(evil), Javascript("hostile()"), SVG(data=f"<svg xmlns='http://www.w3.org/2000/svg'>{evil}</svg>"))
display(Markdown(evil), Latex(evil), IFrame("javascript:hostile()", 5, 5))
display({"text/html": f"<table onclick='hostile()'><tr><td>{evil}</td></tr></table>", "text/plain": evil}, raw=True)
display({"application/vnd.jupyter.widget-view+json": {"model_id": evil}, "text/plain": "widget"}, raw=True)
