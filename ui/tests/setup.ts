// jsdom knows no layout: what bits-ui and the virtual lists ask of a browser is answered with nothing.
class Nothing {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(globalThis, { ResizeObserver: globalThis.ResizeObserver ?? Nothing, IntersectionObserver: Nothing });
Element.prototype.scrollIntoView ??= () => {};
