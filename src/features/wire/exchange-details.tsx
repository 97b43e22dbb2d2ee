import { Check, CircleAlert, RotateCw } from 'lucide-react';
import { prettyXml } from '@/azure/bodies/format-xml';
import type { Exchange } from '@/azure/protocol/exchange';
import { CodeBox, CopyButton } from '@/ui/code/code';
import { Strip } from '@/ui/feedback/failure';
import { Block } from './block';
import { ExchangeHead, type ExchangeHeadProps } from './exchange-head';
import { shownOperation, shownOutcome, toneOf } from './exchange-words';
import { HeadersList } from './headers-list';
import { ResponseTabs } from './response-tabs';
import { StringToSignBox } from './string-to-sign-box';

/** Characters of a sent body; more than this is read where it was written. */
const LONGEST_BODY = 8192;

/** One request and its answer, side by side where there is room, else one above the other. */
export function ExchangeDetails({ exchange, ...head }: ExchangeHeadProps) {
  return (
    <section aria-label="Request details" className="@container flex min-h-0 flex-1 flex-col bg-surface">
      <h2 className="sr-only">{shownOperation(exchange)}</h2>
      <ExchangeHead exchange={exchange} {...head} />
      <Failed exchange={exchange} />
      <div className="min-h-0 flex-1 overflow-auto @min-[760px]:grid @min-[760px]:grid-cols-[minmax(0,9fr)_minmax(0,11fr)] @min-[760px]:overflow-hidden">
        <div className="min-w-0 overflow-y-auto @max-[760px]:border-b @max-[760px]:border-line">
          <Asked exchange={exchange} />
        </div>
        <div className="flex min-h-0 min-w-0 flex-col border-line @max-[760px]:h-120 @min-[760px]:border-l">
          {exchange.response ? (
            <ResponseTabs response={exchange.response} />
          ) : (
            <p className="px-4 py-3 text-12 text-text-3">
              {exchange.failure ? 'No answer came that this page can read.' : 'Waiting for the answer.'}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

function Failed({ exchange }: { exchange: Exchange }) {
  const { failure, willRetry } = exchange;
  if (!failure || toneOf(exchange) === 'neutral') return null;
  return (
    <Strip
      tone={willRetry ? 'warn' : 'danger'}
      icon={willRetry ? <RotateCw /> : <CircleAlert />}
      title={shownOutcome(exchange)}
    >
      {failure.message}
    </Strip>
  );
}

function Asked({ exchange: { request, response } }: { exchange: Exchange }) {
  const authorization = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return (
    <>
      <Block title="Request headers" hint={request.headers.length} className="border-b border-line">
        <HeadersList headers={request.headers} />
      </Block>
      {request.body && (
        <Block
          title="Request body"
          action={<CopyButton size="sm" label="Copy request body" text={request.body} />}
          className="border-b border-line"
        >
          <CodeBox label="Request body" wrap className="max-h-60">
            {prettyXml(request.body).slice(0, LONGEST_BODY)}
            {request.body.length > LONGEST_BODY && ' …'}
          </CodeBox>
        </Block>
      )}
      {request.stringToSign !== undefined && (
        <Block
          title="String to sign"
          hint="HMAC-SHA256 with the account key"
          action={<CopyButton size="sm" label="Copy string to sign" text={request.stringToSign} />}
        >
          <StringToSignBox text={request.stringToSign} />
          {authorization && <Signature authorization={authorization} status={response?.status} />}
        </Block>
      )}
    </>
  );
}

/** The signature's place; the signature itself never gets this far. */
const Signature = ({ authorization, status }: { authorization: string; status: number | undefined }) => (
  <p className="mt-2.5 flex h-8 items-center gap-3 rounded-6 border border-line-strong px-3 text-12">
    <span className="text-text-3">Signature</span>
    <code className="min-w-0 flex-1 truncate font-mono">{authorization.split(':').at(-1)}</code>
    {status !== undefined && status !== 403 && (
      <span className="inline-flex items-center gap-1 font-semibold text-accent">
        <Check className="size-3.5" />
        accepted
      </span>
    )}
  </p>
);
