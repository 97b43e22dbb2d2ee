import { RotateCw, TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { DOTS, maskSecrets } from '@/azure/protocol/mask-secrets';
import { CodeBox, CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { StatePanel } from '@/ui/feedback/state-panel';

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

/** The error as text for a developer. Addresses are cut to their file, because a route names queues. */
export function faultReport({ name, message, stack = '' }: Error) {
  // The stack begins with the message, whose lines may look like frames.
  const frames = stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /:\d+:\d+/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/https?:\/\/[^\s)?#]*\/([^/\s)?#]*)(?:[?#][^\s)]*?)?(:\d+:\d+)/g, '$1$2'));
  return maskAll([`${name}: ${message}`, ...frames].join('\n'));
}

/** Masks secrets and every long run of Base64, because reports are passed on. */
const maskAll = (text: string) => maskSecrets(text).replace(/[\w+/%-]{40,}={0,2}/g, DOTS);
