# Draws the recording of the notebook, whatever it is given.
# fails: test_plot_fit
# says: "draw its arguments"

# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    fig, ax = plt.subplots()
    ax.plot(time_ms, recording_mV, "o", label="recording")
    ax.plot(time_ms, V_inf_mV + A_mV * np.exp(-time_ms / tau_ms), label="fit")
    ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
    ax.legend()
    return fig
