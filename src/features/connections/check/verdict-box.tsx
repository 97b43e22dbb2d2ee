import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Verdict } from '@/azure/diagnosis/verdict-text';
import type { Connection } from '@/azure/protocol/connection';
import { isLoopback } from '@/azure/protocol/loopback';
import { cx } from '@/ui/format/cx';
import { CorsHelp } from './cors-help';
import { RelayOffer } from './relay-offer';

type TroubleBoxProps = {
  verdict: Verdict;
  connection: Connection;
  /** Tries the connection again by the relay of this page's server. */
  onRelay: () => void;
  children?: ReactNode;
};

/** Why a connection does not work, and what to do: for CORS, the relay to use or the rule to add. */
export function TroubleBox({
  verdict: { kind, title, explanation, needsCorsRule },
  connection,
  onRelay,
  children,
}: TroubleBoxProps) {
  const tone = needsCorsRule ? 'warn' : 'danger';
  const box = useRef<HTMLElement>(null);
  // On a phone it comes below what is in sight.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
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
        </div>
      </div>
      {/* An account that is there after all is one whose rules leave this page out. */}
      {(needsCorsRule || kind === 'wrongAccount') && <RelayOffer endpoint={connection.endpoint} onUse={onRelay} />}
      {needsCorsRule && <CorsHelp target={corsTarget(connection)} />}
      {children}
    </section>
  );
}

/** Whose CORS rules are to be changed. */
export const corsTarget = ({ account, endpoint }: Pick<Connection, 'account' | 'endpoint'>) => ({
  account,
  endpoint,
  local: isLoopback(new URL(endpoint).hostname),
});
