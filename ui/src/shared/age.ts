// Ages in words, from completed months: people count months up to three years.
import { t } from '$messages';

export function ageText(months: number | null): string {
  if (months === null) return '';
  const years = Math.floor(months / 12);
  if (years >= 6) return t('age.years', { years });
  if (years < 1) return t('age.months', { months });
  return months % 12 ? t('age.both', { years, months: months % 12 }) : t('age.years', { years });
}
