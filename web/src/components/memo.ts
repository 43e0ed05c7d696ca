// A component that renders again only when a property has become another value.
import { Component, h, type ComponentChild, type FunctionComponent } from 'preact';

export function memo<P extends object>(render: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = new Set([...Object.keys(this.props), ...Object.keys(next)]);
      return [...keys].some((key) => !Object.is((this.props as Record<string, unknown>)[key], (next as Record<string, unknown>)[key]));
    }
    override render(): ComponentChild {
      return h(render, this.props as P & object);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
