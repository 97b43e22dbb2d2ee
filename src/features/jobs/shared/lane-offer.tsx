import { useMutation, useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { errorMessage } from '@/azure/protocol/errors';
import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import { type JobPlan, planOfItems } from '@/bulk/planning/forecast';
import { laneGain } from '@/bulk/planning/lane-gain';
import { relayOffer } from '@/queries/relay-offer';
import { useMeasuredRoundTrip } from '@/state/activity/measured-round-trip';
import { changeConnection, useConnection } from '@/state/connections/connections';
import { isSandbox } from '@/state/sandbox/sandbox';
import { costsPreflights } from '@/state/start/preflights';
import { Button } from '@/ui/controls/button';
import { counted } from '@/words/counts';
import type { PaceOptions } from './pace-options';

type LaneOfferProps = { connectionId: string; plan: JobPlan | undefined };

/** Offers the way through the local server where a job gains by it, with how much; nothing where there is none. */
export function LaneOffer({ connectionId, plan }: LaneOfferProps) {
  const connection = useConnection(connectionId);
  const isDirect = connection !== undefined && !connection.relay && !isSandbox(connection);
  const gain = isDirect && plan ? laneGain(plan, costsPreflights(connection, location.origin)) : undefined;
  const { data: offer } = useQuery({
    ...relayOffer(connection?.endpoint ?? ''),
    enabled: isDirect && gain !== undefined,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changeConnection(connectionId, { relay: true }),
  });
  if (!isDirect || gain === undefined || !offer?.allowed) return null;
  return (
    <section aria-label="Local server" className="flex flex-wrap items-center gap-x-3 gap-y-2 text-12 text-text-2">
      <p className="min-w-56 flex-1">
        Through the local server that serves this page: about {counted(Math.round(gain), 'time')} as fast, since
        requests go {LANE_REQUESTS} at a time and without CORS preflights. They are still signed here; the server keeps
        nothing.
      </p>
      <Button icon={<Waypoints />} disabled={isPending} onClick={() => mutate()}>
        Work through the local server
      </Button>
      {error && (
        <p role="alert" className="basis-full text-danger">
          {errorMessage(error)}
        </p>
      )}
    </section>
  );
}

type SendingOfferProps = { connectionId: string; messages: number; pace: PaceOptions };

/** The same for a job that sends so many messages and receives none. */
export function SendingOffer({ connectionId, messages, pace }: SendingOfferProps) {
  const roundTrip = useMeasuredRoundTrip(connectionId);
  return <LaneOffer connectionId={connectionId} plan={{ ...planOfItems(['send'], messages, pace), roundTrip }} />;
}
