// The dictionary "Countries" of the export API, each of its ids with what ISO 3166-1 calls that country (checked 2026-11). Two more, 398 Abkhazia
// and 467 South Ossetia, have no code there.
const DICTIONARY = `
  16 UZ, 17 TJ, 25 EE, 26 LV, 27 LT, 28 KZ, 29 GE, 30 AE, 31 CI, 33 TM, 34 KG, 35 FI, 36 PT, 37 PL, 45 IT, 47 FR,
  48 SE, 49 CH, 50 GB, 51 NL, 55 ES, 60 CZ, 61 GR, 63 NO, 65 DK, 67 MX, 68 KR, 69 SA, 74 TH, 76 TR, 77 JP, 78 CR,
  80 CU, 81 CY, 82 DO, 83 EC, 84 EG, 86 ER, 88 ET, 89 FJ, 90 GA, 91 GH, 95 GI, 99 GL, 101 GN, 102 GP, 103 GT,
  110 GW, 111 GY, 113 HN, 115 HR, 116 HT, 118 HU, 119 ID, 121 IE, 122 IN, 124 IQ, 125 IR, 131 IS, 132 JM, 133 JO,
  136 KE, 137 KP, 138 KW, 139 LA, 142 LI, 143 LK, 149 LR, 151 LS, 152 LU, 153 LY, 154 MA, 155 MC, 156 ME, 157 MG,
  158 MK, 159 ML, 160 MM, 161 MN, 162 MR, 163 MT, 164 MV, 165 MW, 166 MY, 167 MZ, 168 NA, 169 NE, 171 NG, 173 NI,
  174 NP, 175 NZ, 176 OM, 177 PA, 178 PE, 179 PG, 180 PH, 181 PK, 182 PR, 183 PS, 184 PY, 185 QA, 186 RO, 187 RS,
  188 RU, 189 RW, 190 SC, 191 MD, 192 SD, 193 SG, 194 SI, 195 SK, 196 UA, 197 SL, 198 SM, 199 IL, 200 US, 201 BY,
  202 DE, 203 SN, 204 AF, 205 SO, 206 AL, 207 DZ, 208 SR, 209 AD, 210 AO, 211 SV, 212 SY, 213 TG, 214 AR, 215 AM,
  216 TN, 217 AU, 218 AT, 219 AZ, 220 BS, 221 BH, 222 BD, 223 TO, 224 TT, 225 BE, 226 BZ, 227 BJ, 228 TZ, 229 BT,
  230 BO, 231 BA, 232 BW, 233 UG, 234 BR, 235 UY, 236 VA, 237 BG, 238 BF, 239 VE, 240 KH, 241 CM, 242 CA, 243 VN,
  244 YE, 245 CF, 246 TD, 247 CL, 248 CN, 249 ZA, 250 ZM, 251 CO, 252 ZW, 253 CG, 254 CD, 255 CK, 401 MU, 402 LB,
  403 BN, 404 SZ, 405 WS, 406 VC, 407 GM, 408 CV, 409 DJ, 410 VU, 411 NR, 412 DM, 413 AQ, 414 GQ, 415 TL, 416 BI,
  417 KI, 418 KM, 419 ST, 458 AG, 459 BB, 460 GD, 461 MH, 462 KN, 463 LC, 464 SB, 465 TV, 466 FM
`;

const ENTRIES = DICTIONARY.trim()
  .split(/,\s+/)
  .map((entry): [id: string, code: string] => {
    const [id = '', code = ''] = entry.split(' ');
    return [id, code];
  });

/** ISO 3166-1 alpha-2 codes by MyTracker's own ids of countries. */
export const CODES_BY_COUNTRY_ID: Readonly<Record<string, string>> = Object.fromEntries(ENTRIES);

const IDS_BY_CODE: ReadonlyMap<string, string> = new Map(ENTRIES.map(([id, code]) => [code, id]));

/** Given an ISO 3166-1 alpha-2 code, return MyTracker's id of the country; undefined where its dictionary has none. */
export function toCountryId(code: string): string | undefined {
  return IDS_BY_CODE.get(code.toUpperCase());
}
