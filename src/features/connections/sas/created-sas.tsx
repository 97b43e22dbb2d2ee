import { Copy, Eye, EyeOff } from 'lucide-react';
import { useEffect } from 'react';
import type { Connection } from '@/azure/protocol/connection';
import { useIntoView } from '@/ui/browser/use-into-view';
import { CodeBox, copyText } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { useShownBriefly } from '../shared/use-shown-briefly';

type CreatedSasProps = {
  connection: Connection;
  queue: string | undefined;
  /** The whole token, a secret. */
  token: string;
};

const DOTS = '•'.repeat(20);

/** A created signature, masked until the person shows it for 10 s, to copy in three forms. It is not stored. */
export function CreatedSas({ connection, queue, token }: CreatedSasProps) {
  const [isShown, setShown] = useShownBriefly();

  const box = useIntoView<HTMLDivElement>();
  useEffect(() => announce('Signature created'), []);

  return (
    <div ref={box} className="grid gap-2">
      <CodeBox label="Signature" wrap>
        <span className="break-all">{isShown ? token : token.replace(/(?<=(?:^|&)sig=)[^&]+/, DOTS)}</span>
      </CodeBox>
      <div className="flex flex-wrap gap-2">
        {Object.entries(copiesOf(connection, queue, token)).map(([form, text]) => (
          <Button key={form} icon={<Copy />} onClick={() => void copy(form, text)}>
            Copy {form}
          </Button>
        ))}
        <Button
          variant="ghost"
          icon={isShown ? <EyeOff /> : <Eye />}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide signature' : 'Show signature'}
        </Button>
      </div>
      <p className="text-12 text-text-3">It is a secret that this page does not store: copy it before you close.</p>
    </div>
  );
}

async function copy(form: string, text: string) {
  if (await copyText(text)) announce(`Copied the ${form}`);
}

/** The forms in which a SAS can be used, by name. */
const copiesOf = ({ endpoint }: Connection, queue: string | undefined, token: string) => ({
  token,
  URL: `${endpoint}/${queue ?? ''}?${token}`,
  'connection string': `QueueEndpoint=${endpoint}/;SharedAccessSignature=${token}`,
});
