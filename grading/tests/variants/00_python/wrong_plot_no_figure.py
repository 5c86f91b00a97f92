# Shows the figure and returns nothing.
# fails: test_plot_fit, test_plot_fit_labels
# says: "return fig"

# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    plt.plot(t_ms, V_mV, "o", label="recording")
    plt.plot(t_ms, V_inf_mV + A_mV * np.exp(-t_ms / tau_ms), label="fit")
    plt.xlabel("time (ms)")
    plt.ylabel("membrane potential (mV)")
    plt.legend()
    plt.show()
