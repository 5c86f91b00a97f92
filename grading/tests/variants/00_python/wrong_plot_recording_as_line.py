# The recording is joined up like the fit, so nobody sees where it was sampled.
# fails: test_plot_fit
# says: "drawn as a line, where points are asked for"

# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    fig, ax = plt.subplots(layout="constrained")
    ax.plot(t_ms, V_mV, label="recording")
    ax.plot(t_ms, V_inf_mV + A_mV * np.exp(-t_ms / tau_ms), label="fit")
    ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
    ax.legend()
    return fig
