import { ArrowLeft, Copy, ExternalLink, X } from 'lucide-react';
import type { Exchange } from '@/azure/protocol/exchange';
import { goTo } from '@/state/navigation/route';
import { Button, IconButton } from '@/ui/controls/button';
import { bytes } from '@/ui/format/bytes';
import { clockTime } from '@/ui/format/relative-time';
import { copyCurl } from './curl';
import { Method, Status } from './exchange-parts';
import { shownDuration, shownOperation } from './exchange-text';

export type ExchangeHeadProps = {
  exchange: Exchange;
  /** True offers the wire inspector, from elsewhere. */
  inspector?: boolean;
  onClose?: (() => void) | undefined;
  /** Goes back to the list, on a phone. */
  onBack?: (() => void) | undefined;
};

/** The request of an exchange and its result, in two lines. */
export function ExchangeHead({ exchange, inspector = false, onClose, onBack }: ExchangeHeadProps) {
  const size = new TextEncoder().encode(exchange.response?.body ?? '').length;
  return (
    <header className="flex-none border-b border-line pt-2.5 pr-4 pb-2 pl-5 max-desk:px-3">
      <div className="flex items-center gap-2">
        {onBack && (
          <IconButton label="Back to requests" icon={<ArrowLeft />} onClick={onBack} className="desk:hidden" />
        )}
        <Method method={exchange.method} />
        <code className="min-w-0 flex-1 truncate font-mono text-12" title={exchange.url}>
          {exchange.url}
        </code>
        {inspector && (
          <IconButton
            size="sm"
            label="Open in wire inspector"
            icon={<ExternalLink />}
            onClick={() => goTo({ screen: 'wire', exchange: exchange.id })}
          />
        )}
        {onClose && <IconButton size="sm" label="Close details" icon={<X />} onClick={onClose} />}
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-text-2">
        <Status exchange={exchange} long />
        <span>{shownOperation(exchange)}</span>
        {exchange.relayed && <span title="The local server of this page passed it on to the account">by relay</span>}
        {exchange.duration !== undefined && <span>{shownDuration(exchange.duration)}</span>}
        {exchange.response && <span>{bytes(size)}</span>}
        <span>
          {clockTime(exchange.startedAt)}.{String(exchange.startedAt.getMilliseconds()).padStart(3, '0')}
        </span>
        <span className="flex-1" />
        <Button
          icon={<Copy />}
          size={inspector ? 'sm' : 'md'}
          kbd={inspector ? undefined : 'C'}
          onClick={() => void copyCurl(exchange)}
        >
          Copy as curl
        </Button>
      </div>
    </header>
  );
}
