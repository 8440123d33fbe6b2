/**
 * Reloads the page when it is not the same any more, and hands over how the rules are. A page that nobody looks at does not
 * listen: browsers open few connections to one host.
 */
export function listen(version, tell) {
  let source;
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource("/.footlight/serve/events");
    source.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      if (state.version === version) tell(state);
      else location.reload();
    };
    // It connects again by itself.
    source.onerror = () => tell({ isLost: true });
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
