import { Suspense, useEffect } from 'react';
import { type Place, usePlace } from '@/state/place';
import { landed } from './landed';

const ConnectScreen = landed('connections/connect-screen', 'ConnectScreen');
const MessagesScreen = landed<{ place: Place }>('messages/messages-screen', 'MessagesScreen');
const WireScreen = landed<{ exchange: string | undefined }>('wire/wire-screen', 'WireScreen');
const SettingsScreen = landed('settings/settings-screen', 'SettingsScreen');

/** The screen of the place we are at. */
export function Screen() {
  const place = usePlace();
  useEffect(() => {
    document.title = [title(place), 'Queuescope'].filter(Boolean).join(' · ');
  });
  return <Suspense>{screen(place)}</Suspense>;
}

function screen(place: Place | undefined) {
  switch (place?.screen) {
    case undefined:
    case 'connect':
      return <ConnectScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'wire':
      return <WireScreen exchange={place.exchange} />;
    case 'explorer':
      return <MessagesScreen place={place} />;
  }
}

function title(place: Place | undefined) {
  switch (place?.screen) {
    case undefined:
    case 'connect':
      return 'Connect';
    case 'settings':
      return 'Settings';
    case 'wire':
      return 'Wire';
    case 'explorer':
      return place.queue;
  }
}
