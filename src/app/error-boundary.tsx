import { RotateCw, TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { CodeBox, CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { StatePanel } from '@/ui/feedback/state-panel';
import { faultReport } from './fault-report';

type Props = {
  children: ReactNode;
  /** A new value draws the children again. */
  resetKey?: string | undefined;
};
type State = { error: Error | undefined; resetKey: string | undefined };

/** Shows a report in place of children that throw, and leaves the rest of the page alone. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): Partial<State> | null {
    return resetKey === state.resetKey ? null : { error: undefined, resetKey };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const report = faultReport(error);
    return (
      <StatePanel
        role="alert"
        tone="danger"
        icon={<TriangleAlert />}
        title="This part of the page stopped working"
        actions={
          <Button variant="primary" icon={<RotateCw />} onClick={() => location.reload()}>
            Reload the page
          </Button>
        }
      >
        <p>Nothing was sent because of it. Connections and settings are kept.</p>
        <CodeBox label="Details of the fault" wrap action={<CopyButton label="Copy details" text={report} />}>
          {report}
        </CodeBox>
      </StatePanel>
    );
  }
}
