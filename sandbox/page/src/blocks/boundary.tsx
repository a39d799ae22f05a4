// A block that can't be drawn takes nothing else with it: its JSON is shown.
import { Component, type ReactNode } from "react";

import type { Block } from "../core/types";
import { Unknown } from "./unknown";

interface Props {
  block: Block;
  children: ReactNode;
}

export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.block !== this.props.block) this.setState({ failed: false });
  }

  override render(): ReactNode {
    const { block, children } = this.props;
    return this.state.failed ? <Unknown what={block} /> : children;
  }
}
