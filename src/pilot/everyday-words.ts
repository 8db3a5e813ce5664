/**
 * Words that are somebody's name as well as everyday English, or a word of plans. One of them alone tells nobody unless it is
 * capitalised within a sentence: `as Mark said`, but neither `mark each deal` nor `May 2026`.
 */
export const EVERYDAY_WORDS: ReadonlySet<string> = new Set(
  `abs all amount and any art avg baker banks base basil bell best bill bishop black bond bonus book brook brown
  buck bud cap carter cash cat chance chase chip clay cliff close coalesce commission company cook count cross curve
  daisy dale dan date dawn day days deal deals dean dean department dick director does don drew each earl east else
  every everyone factor faith field fisher for ford forest found frank from gate gates gene glen gold goal good grace
  grant gray green grey group guy hall hand hazel head heath hill hope ice iris ivy jack jade jay jean jet job joy
  king land lane lead leads lee levy lily link links long love lowe major manager margin mark marks marsh mason
  max may mean measure media method mike mile miles min mine mini mint moss nick north not nick olive own page park
  pat pay payee pearl penny per period person pierce pool pool porter potter pound present price prince quota ray
  rate rates rates ready reed region result rich rise rob robin rock role rose round rounding ruby rule rush sale sales sandy say
  score see sharp share short sky small smith sort south spring stage star step steps stone strong sue summer sum
  sun swift team term terry than the then tier time ton total touch trial type under unit usd van victor violet wade
  walker ward water weight west when where white who will win wise with won wood woods worth young`.split(/\s+/),
);

/** Months and days of the week, and what stands in names beside names: none of them alone tells anybody. */
export const NEVER_ALONE: ReadonlySet<string> = new Set(
  `january february march april may june july august september october november december jan feb mar apr jun jul aug
  sep oct nov dec monday tuesday wednesday thursday friday saturday sunday
  van von der den del des dos das las los ibn bin ben abu ten ter zur the and mrs miss prof phd mba bsc msc
  iii`.split(/\s+/),
);
