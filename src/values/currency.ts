/**
 * ISO 4217, list one, as of 2026-01-01: how many decimals each currency in use has. A table of our own, because Intl's
 * digits follow CLDR, which differs from ISO (it gives the Hungarian forint none, ISO two), and change with the browser.
 */
const WITH_TWO =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG BOV CHE CHW COU MXV USN';
const WITH_NONE = 'BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const WITH_THREE = 'BHD IQD JOD KWD LYD OMR TND';
const WITH_FOUR = 'CLF UYW';

/** Withdrawn, but still in older exports and in the ECB's rates. */
const WITHDRAWN_TWO = 'ANG BGN CUC CYP EEK HRK LTL LVL MTL SIT SKK SLL TRL ROL ZWL';

const DIGITS = new Map<string, number>();
for (const [codes, digits] of [
  [WITH_TWO, 2],
  [WITH_NONE, 0],
  [WITH_THREE, 3],
  [WITH_FOUR, 4],
  [WITHDRAWN_TWO, 2],
] as const) {
  for (const code of codes.split(' ')) DIGITS.set(code, digits);
}

/** How many decimals a currency has, or undefined where there is no such currency. */
export const currencyDigits = (code: string): number | undefined => DIGITS.get(code);

export const CURRENCY_CODES: readonly string[] = [...DIGITS.keys()];
