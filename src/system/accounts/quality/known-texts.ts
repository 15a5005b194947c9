/** Texts that everybody who guesses passwords tries: rows of keys, alphabets, years, common words. */

export const SEQUENCES: readonly string[] = [
  '0123456789',
  '`1234567890-=',
  '~!@#$%^&*()_+',
  'abcdefghijklmnopqrstuvwxyz',
  'a1b2c3d4e5f6g7h8i9j0',
  '1a2b3c4d5e6f7g8h9i0j',
  'abc123',
  "qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
  'QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
];

/** The years in which people who set passwords were born, married, and hired. */
export const YEARS: readonly string[] = Array.from({ length: 140 }, (_, i) => String(1900 + i));

export const WORDS: readonly string[] = `
access account admin administrator airport alpha amazing america angel animal apple april august autumn backup
banana baseball basketball batman beautiful berlin blessed brother butterfly camera captain change changeme charlie
cheese chicken chocolate christmas cloud coffee company compaq computer config cookie correct crystal customer database
daniel debian december default delta demo diamond doctor dragon eagle elephant email england enter esxi everything
family february firewall flower football forever freedom friday friend friends garden gateway general george ginger
godzilla google guest guitar hammer hannah happy harley hello helpdesk holiday home house hunter hypervisor iloveyou
internet jackson january jasmine jennifer jessica jordan joshua july june kernel killer kitchen lakers laptop letmein
license linux liverpool login london lovely lucky machine madison magic manager march marina maintenance martin master
matrix matthew maverick merlin michael michelle midnight mobile monday money monitor monkey monster morgan mountain
music mustang network nicole nothing november october office oliver online operator oracle orange pass password patrick
pepper phoenix picture please pokemon police princess private purple rainbow ranger remote report robert
root router samsung saturday school secret secure security september server service shadow silver smokey snoopy soccer
soldier something sophie spring starwars storage student summer sunday sunshine superman support switch system
target teacher temporary test tester thunder thursday tiger trustno1 tuesday ubuntu universe upload user vcenter
virtual vmkernel vmware vsphere wednesday welcome whatever william windows winner winter wizard yellow
`
  .trim()
  .split(/\s+/);
