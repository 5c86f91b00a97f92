# Labels on the lines, but no legend.
# fails: test_plot_fit_labels
# says: "needs two entries"

# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    fig, ax = plt.subplots()
    ax.plot(t_ms, V_mV, "o", label="recording")
    ax.plot(t_ms, V_inf_mV + A_mV * np.exp(-t_ms / tau_ms), label="fit")
    ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
    return fig
