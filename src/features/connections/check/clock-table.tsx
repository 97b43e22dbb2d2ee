import { useDeviceNow } from '@/ui/browser/use-now';
import { clockTime, countdown } from '@/ui/format/relative-time';

/** This device's clock beside the service's; `skew` is the ms from the first to the second. */
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
