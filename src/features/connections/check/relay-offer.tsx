import { useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { relayOffer } from '@/queries/relay-offer';
import { Button } from '@/ui/controls/button';

type RelayOfferProps = { endpoint: string; onUse: () => void };

/**
 * Offers the relay of the server of this page, which needs no CORS rule, and says what it does; nothing where there is
 * none.
 */
export function RelayOffer({ endpoint, onUse }: RelayOfferProps) {
  const { data: offer } = useQuery(relayOffer(endpoint));
  if (!offer) return null;
  return (
    <section
      aria-label="Relay"
      className="flex items-start gap-x-4 gap-y-2 border-b border-line px-3 py-2.5 text-12 max-desk:flex-wrap"
    >
      {offer.allowed ? (
        <>
          <p className="min-w-0 flex-1 text-text-2 max-desk:basis-full">
            Without a rule: the local server that serves this page can pass its requests on to the account. They are
            still signed here; the server changes, keeps and logs nothing.
          </p>
          <Button icon={<Waypoints />} className="flex-none max-desk:flex-1" onClick={onUse}>
            Use the relay of this local server
          </Button>
        </>
      ) : (
        <p className="text-text-3 [overflow-wrap:anywhere]">
          The relay of this local server cannot be used: {offer.why ?? 'it does not reach this address.'}
        </p>
      )}
    </section>
  );
}
