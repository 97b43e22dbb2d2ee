import { signWithAzureTime } from '@/state/time/signing-time';
import { useDeviceNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { clockTime, countdown } from '@/words/times';

/** This device's clock and the service's, which is `skew` ms ahead. */
export function ClockTable({ skew }: { skew: number }) {
  const now = useDeviceNow();
  return (
    <dl className="grid rounded-8 border border-line px-3 py-2 text-12">
      <Row name="This device" value={clockTime(now)} />
      <Row name="Azure" value={clockTime(now + skew)} />
      <div className="mt-1.5 flex justify-between border-t border-line pt-1.5">
        <dt className="text-text-3">Difference</dt>
        <dd className="font-semibold text-danger">
          {skew < 0 ? '+' : '−'}
          {countdown(Math.abs(skew))}
        </dd>
      </div>
    </dl>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between py-0.5">
      <dt className="text-text-3">{name}</dt>
      <dd className="text-text">{value}</dd>
    </div>
  );
}

type ClockHelpProps = {
  connectionId: string;
  /** Ms to add to this device's clock to get the service's. */
  skew: number;
  /** Called once the connection signs with the service's time, to try again. */
  onChosen: () => void;
};

/** Both clocks, and the offer to sign with the service's time. */
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
