// places: the commune, its villages, and what the communes were called before 2025-07-01.
import MapPin from '@lucide/svelte/icons/map-pin';
import Plus from '@lucide/svelte/icons/plus';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import PlacesPage from './PlacesPage.svelte';

export const screens: Screen[] = [
  { path: 'places', title: 'places.title', icon: MapPin, component: PlacesPage, group: 'machine' },
];

export const actions: Action[] = [
  { id: 'add-village', label: 'places.add', icon: Plus, right: 'places', run: () => go(href('places', 'new')) },
];
