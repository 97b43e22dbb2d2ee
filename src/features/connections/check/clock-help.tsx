import { signWithAzureTime } from '@/state/time/signing-time';
import { Button } from '@/ui/controls/button';
import { ClockTable } from './clock-table';

type ClockHelpProps = {
  connectionId: string;
  /** Ms from this device's clock to the service's. */
  skew: number;
  /** The connection signs with the service's time now: try again. */
  onChosen: () => void;
};

/** Both clocks, and the way around the difference. */
export function ClockHelp({ connectionId, skew, onChosen }: ClockHelpProps) {
  function choose() {
    signWithAzureTime(connectionId, skew);
    onChosen();
  }
  return (
    <div className="grid justify-items-start gap-3 p-3 [&>dl]:w-full">
      <ClockTable skew={skew} />
      <Button onClick={choose}>Use Azure time</Button>
    </div>
  );
}
