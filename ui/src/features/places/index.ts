// places: the commune, its villages, and what the communes were called before 2025-07-01.
import MapPin from '@lucide/svelte/icons/map-pin';
import type { Screen } from '$shared/screen';
import PlacesPage from './PlacesPage.svelte';

export const screens: Screen[] = [
  { path: 'places', title: 'places.title', icon: MapPin, component: PlacesPage, group: 'machine' },
];
