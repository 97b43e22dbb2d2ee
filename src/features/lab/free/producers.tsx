import { Factory, List, Plus } from 'lucide-react';
import { BURST } from '@/actions/lab-actions';
import type { Params } from '@/lab/run/params';
import type { Act } from '@/lab/run/run';
import { Button } from '@/ui/controls/button';
import { RATES } from '../shared/settings';
import { Slider } from '../shared/slider';
import { actorName } from '../text/names';
import { settingText } from '../text/setting-text';

/** Who sends: the producers with the rate of each, and the person. */
export function Producers({ params, act }: { params: Params; act: (act: Act) => void }) {
  return (
    <>
      <ul className="prs">
        {params.rate.map((rate, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a producer is its place
          <li key={index} className="pr" data-stop={`actor producer ${index + 1}`}>
            <div className="pr__h">
              <Factory size={16} aria-hidden="true" className="i" />
              <b className="truncate">{actorName(`producer ${index + 1}`)}</b>
            </div>
            <Slider
              label="Rate"
              value={rate}
              stops={RATES}
              text={(value) => settingText('rate', value)}
              onChange={(value) =>
                act({ act: 'set', name: 'rate', value: params.rate.map((one, at) => (at === index ? value : one)) })
              }
            />
          </li>
        ))}
      </ul>
      <div className="prs__b">
        <Button icon={<Plus />} kbd="N" onClick={() => act({ act: 'send' })}>
          Send one
        </Button>
        <Button icon={<List />} kbd="B" onClick={() => act({ act: 'burst', count: BURST })}>
          Burst of {BURST}
        </Button>
      </div>
    </>
  );
}

/** Orders a second of all producers. */
export const rateOf = (params: Params): number =>
  Math.round(params.rate.reduce((all, rate) => all + rate, 0) * 10) / 10;
