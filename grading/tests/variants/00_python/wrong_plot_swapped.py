# Time upwards.
# fails: test_plot_fit, test_plot_fit_labels
# says: "changed places"

# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    fig, ax = plt.subplots()
    ax.plot(V_mV, t_ms, "o", label="recording")
    ax.plot(V_inf_mV + A_mV * np.exp(-t_ms / tau_ms), t_ms, label="fit")
    ax.set(xlabel="membrane potential (mV)", ylabel="time (ms)")
    ax.legend()
    return fig
