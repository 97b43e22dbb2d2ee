import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Verdict } from '@/azure/diagnosis/verdict-text';
import type { Connection } from '@/azure/protocol/connection';
import { useIntoView } from '@/ui/browser/use-into-view';
import { cx } from '@/ui/format/cx';
import { AllowAddress } from '../reach/allow-address';
import { AddressHelp } from './address-help';
import { CorsHelp, corsTarget } from './cors-help';
import { RelayOffer } from './relay-offer';

type VerdictBoxProps = {
  verdict: Verdict;
  connection: Connection;
  /** Called to try the connection again by the relay. */
  onRelay: () => void;
  /** As in `AddressHelp`. */
  onOtherScheme?: (connection: Connection) => void;
  children?: ReactNode;
};

/** Says why a connection does not work, and what to do: for CORS, use the relay or add the rule. */
export function VerdictBox({
  verdict: { kind, title, explanation, needsCorsRule },
  connection,
  onRelay,
  onOtherScheme,
  children,
}: VerdictBoxProps) {
  const tone = needsCorsRule || kind === 'mayNotList' ? 'warn' : 'danger';
  const box = useIntoView<HTMLElement>();
  return (
    <section
      ref={box}
      role="alert"
      aria-label={needsCorsRule ? 'CORS problem' : title}
      className={cx(
        'scroll-m-4 overflow-hidden rounded-8 border',
        tone === 'warn' ? 'border-warn-line' : 'border-danger-line',
      )}
    >
      <div className={cx('flex gap-2.5 px-3 py-2.5', tone === 'warn' ? 'bg-warn-tint' : 'bg-danger-tint')}>
        <TriangleAlert
          aria-hidden="true"
          className={cx('mt-0.5 flex-none', tone === 'warn' ? 'text-warn' : 'text-danger')}
        />
        <div className="min-w-0 flex-1">
          <h3 className="font-semibold">{title}</h3>
          <p className="text-12 [overflow-wrap:anywhere] text-text-2">{explanation}</p>
          <AddressHelp kind={kind} connection={connection} onOtherScheme={onOtherScheme} />
        </div>
      </div>
      {kind === 'pageBlocked' && (
        <div className="p-3">
          <AllowAddress address={connection.endpoint} />
        </div>
      )}
      {/* An account that exists after all has rules that leave this page out. */}
      {(needsCorsRule || kind === 'wrongAccount') && <RelayOffer endpoint={connection.endpoint} onUse={onRelay} />}
      {needsCorsRule && <CorsHelp target={corsTarget(connection)} />}
      {children}
    </section>
  );
}
