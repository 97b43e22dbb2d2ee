import { Copy, Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Connection } from '@/azure/protocol/connection';
import { CodeBox, copyText } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { useShownBriefly } from '../shared/use-shown-briefly';

type MadeSasProps = {
  connection: Connection;
  queue: string | undefined;
  /** The whole token; a secret. */
  token: string;
};

const DOTS = '•'.repeat(20);

/** A signature that was made: behind dots until asked for, and copied in three forms. It is kept nowhere. */
export function MadeSas({ connection, queue, token }: MadeSasProps) {
  const [isShown, setShown] = useShownBriefly();

  // Where the form and it stand below each other, it would come out of sight.
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    announce('Signature created');
  }, []);

  return (
    <div ref={box} className="grid gap-2">
      <CodeBox label="Signature" wrap>
        <span className="break-all">{isShown ? token : token.replace(/(?<=(?:^|&)sig=)[^&]+/, DOTS)}</span>
      </CodeBox>
      <div className="flex flex-wrap gap-2">
        <Button icon={<Copy />} onClick={() => void copy('token', token)}>
          Copy token
        </Button>
        <Button icon={<Copy />} onClick={() => void copy('URL', urlWith(connection, queue, token))}>
          Copy URL
        </Button>
        <Button icon={<Copy />} onClick={() => void copy('connection string', connectionStringWith(connection, token))}>
          Copy connection string
        </Button>
        <Button
          variant="ghost"
          icon={isShown ? <EyeOff /> : <Eye />}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide signature' : 'Show signature'}
        </Button>
      </div>
      <p className="text-12 text-text-3">It is a secret, and this page does not keep it: copy it before closing.</p>
    </div>
  );
}

async function copy(what: string, text: string) {
  if (await copyText(text)) announce(`Copied the ${what}`);
}

const urlWith = ({ endpoint }: Connection, queue: string | undefined, token: string): string =>
  queue === undefined ? `${endpoint}/?${token}` : `${endpoint}/${queue}?${token}`;

const connectionStringWith = ({ endpoint }: Connection, token: string): string =>
  `QueueEndpoint=${endpoint}/;SharedAccessSignature=${token}`;
