# SPDX-License-Identifier: Apache-2.0
"""Our own texts for spacy_oracle.py: cases for each rule, and seeded hostile
strings made of whatever the rules look at."""

import random
import unicodedata

TEXTS = [
    "",
    " ",
    "I can't believe it's 10am; we're gonna go.",
    'Don\'t (ever) say "U.S.A." or U.K. again...',
    "He paid $1,234.56 (approx. 5%) on 3/4/2024.",
    "e.g. state-of-the-art, Mr. O'Neil's co-op",
    "Visit https://example.com/a-b?x=1, www.site.org or mail me@x.io!",
    "5km 10kg 3.5GHz 20\u00b0C. 7am 1990s",
    "foo.Bar foo.bar a/b x=y 1+1 2-3 A-1",
    "hello,world 1,000,000 no.5 No.5",
    "C++ C# node.js .NET",
    "they'll've shouldn't've y'all id im wont cant",
    "rock'n'roll 'em 'tis o'clock",
    "#hashtag @user",
    "\U0001f600\U0001f44d \u21165",
    "end.Next (end).Next x... y\u2026z",
    ":) :-( <3 ;-) xD",
    "well-known 2nd-hand pre-2000",
    "they're 10am",
    "a:) w/o/w/o and/or/and/or",
    # Matches across one space hide those inside the chunks.
    "x:) )",
    "x:)  )",
    "x:)\n)",
    "x' ''y",
    "x''y",
    "x'' 'y",
    "``quoted'' and ``more''' end",
    "x:) ) x:)) ) ))) (: x(: ):",
    "foo-a.m. foo-a.m. . a.m",
    "cannot. cannot, (cannot) Cannot! gonna? gotta: lemme",
    "Mr. Mrs. Ms. vs. etc. Inc. Inc, Prof Prof. x. X. XY. Xy. xY.",
    "goin' goin', 'goin' Goin\u2019 ol' doin",
    "km 5km 5 km 5km/h 5km. (5km) 5kmx x5km 5% 5$ $5 5US$ US$5 A$ A$5 C$C$ 5\u20ac",
    "+5 +x 5+ x+ ++ +-+ 5+5 5^-2 3*4 3*x",
    "a--b a---b a----b a\u2014b a\u2014\u2014b a~b 1-2 1--2 a-1 1-a -a a-",
    "a:b 1:b a:1 a=b a<b a>b a/b 1/b 1/2 a<1 http:x",
    "a,b 1,b a,1 1,1 a,,b ,a a,",
    ". .. ... .... x.. ..x x..y . . \u2026 \u2026\u2026 \u2026\u2026\u2026",
    "[link](http://a.example.org/x_(y)) <b>bold</b> **bold** _it_ `code`",
    "http://10.0.0.1/x 10.0.0.1/x 8.8.8.8/x 8.8.8.8:53/x 223.255.255.254/a 224.1.1.1/a 1.2.3.0/a 172.16.0.1/a",
    "172.32.0.1/a 192.168.0.1/a 192.167.0.1/a 169.254.0.1/a 127.0.0.1/a 128.0.0.1/a 01.2.3.4/a 1.256.3.4/a 1.2.3.255/a",
    "a@b.co:8080/x a@b a@b@c.de x@y.Z ftp://u:p@h.example/ s3://b.kk/a-b git+ssh://h.ex/a-b ://x.y x://y.zz",
    "foo.co:1/a-b foo.co:12/a-b foo.co:123456/a-b foo.co?a-b foo.co#a-b foo_bar.co/a-b -a.co/a-b a-.co/a-b",
    "a..co/a-b .co/a-b a.co. a.co.,a-b \u00e9t\u00e9.fr/a-b a.\u4e2d\u56fd/a-b a.C/a-b a.COM/a-b a.coM/a-b",
    "20\u00b0C. 20\u00b0F 20\u00b0K. \u00b0C. x\u00b0c. 5\u00b5m 5m\u00b2 5\u043a\u043c 5\u0442\u0431 5\u0442\u0431\u0643\u0645 5\u0643\u0645",
    "It's John's dogs' 80's 'S's \u2019s ''s s's U.S.'s",
    "\u201cCurly\u201d \u2018quotes\u2019 don\u2019t it\u2019s \u00abguillemets\u00bb \u300c\u5f15\u7528\u300d",
    "\u4e2d\u6587\u3002\u4e2d\u6587 \u65e5\u672c\u8a9e\u3001 \ud55c\uad6d\uc5b4\uc785\ub2c8\ub2e4. \u0639\u0631\u0628\u064a\u060c \u0939\u093f\u0928\u094d\u0926\u0940\u0964",
    "tab\there new\nline cr\r\nlf nbsp\u00a0here  two   three \u3000wide \x1cfs",
    "e\u0301clair \u00e9clair \u0130stanbul stra\u00dfe \u0391\u03b8\u03ae\u03bd\u03b1.\u0391 \u043c\u0438\u0440.\u041c\u0438\u0440",
    "(\u256f\u00b0\u25a1\u00b0\uff09\u256f\ufe35\u253b\u2501\u253b x(\u256f\u00b0\u25a1\u00b0\uff09\u256f\ufe35\u253b\u2501\u253b \u0ca0_\u0ca0! x\u0ca0_\u0ca0 \u00af\\(\u30c4)/\u00af",
    "><(((*> x><(((*> :-))) :-)))) x:-))) >:( x>:(y <3333 </3x",
    '\\n \\t \\") <space> <space>x a<space> IS_ALPHA ORTH',
    "zero\u200bwidth \ufeffbom soft\u00adhyphen \U000f0000 \u0378",
    # Sentences.
    "Wait... what? Yes!! No.",
    "Dr. Smith went to the U.S. in 1999. He left.",
    "Line one.\nLine two.\n\nLine three",
    "No end\nNext line. 'Quoted start.' More",
    "A.B. x. y.",
    "3.14 is pi. ok",
    "One. ",
    "One.  ",
    "One.\n",
    "One.\u00a0Two. \u3000Three",
    "  . Leading stop",
    "Stop . (Bracket) ! ? \u2026 next",
    "\u4e2d\u6587\u3002 \u0939\u093f\u0964 \u0939\u093f \u061f x \uff01 y",
    'He said "Go." "No." she said. `x. <y',
    "a.m. Start at 5 p.m. Then go.",
    "One!Two?Three.Four 5.Six",
]

# Whatever the rules look at, so that every pair of them meets.
ATOMS = (
    "a b n s t m x D O I A B Z 0 1 5 10 99 he He can not it do ca U.S. e.g Mr Mr. am a.m. a.m p.m "
    "km kg m/s GB MB % $ US$ C$ A$ US C + ++ - -- --- ---- ~ = : ; , . .. ... .... ! ? ( ) [ ] { } < > _ "
    "# * & ^ / \\ | @ ' '' \" ` 's 'S n't 'll 've 're 'd 'm :) :( :-) :-( :)) :))) ;) =) :D XD xD 8) <3 "
    "</3 o.O O_o -_- ._. >.< ^_^ (: (; :'( http:// https:// ftp:// www. .com .org .x x.io foo.bar me@ @x "
    "1.2.3.4 10.0.0.1 192.168.1.1 :80 :8080 /a ?q=1 #f and/or w/o C++ <space> \\t \\n \\\") "
    "\u2019 \u2018 \u201c \u201d \u2019s \u2019S \u2018s \u2019\u2019 \u2014 \u2013 \u2014\u2014 \u2026 "
    "\u2026\u2026 \u00b0 \u00b0C \u00b0F. \u00b2 \u00b3 km\u00b2 m\u00b3 \u00b5m \u00a3 \u20ac \u20bf \u00a7 "
    "\u00b7 \u00bf \u00a1 \u00ab \u00bb \u00b4 \u201a \u201e \u0e3f \ufdfc \u20bd \u20b4 \u00a9 \u00ae "
    "\u2122 \u2116 \u2192 \u2190 \u25a1 \u256f \ufe35 \u253b \u2501 \U0001f600 \U0001f44d \u2764 \ufe0f \u200d "
    "\U0001f1e6 \U0001f3fb \u00e9 \u00c9 \u00df \u0130 \u0131 \u01c5 \u0149 \u03b1 \u0391 \u03c2 \u0410 "
    "\u0430 \u0451 \u0456 \u043a\u043c \u043a\u0433 \u0442\u0431 \u0442\u0431\u0643\u0645 \u043c/\u0441 "
    "\u0643\u0645 \u0645 \u0645\u00b2 \u063a\u0631\u0627\u0645 \u061f \u060c \u06d4 \u0627 \u05d0 \u0905 "
    "\u0964 \u0965 \u0cb0 \u0ca0_\u0ca0 \u0ca0 \u0e01 \uac00 \ud55c\uad6d \u1100 \u3042 \u30a2 \u30fc "
    "\u4e2d \u6587 \u3002 \uff0c \uff01 \uff1f \uff1b \uff1a \uff5e \uff08 \uff09 \u300c \u300d \u3010 "
    "\u3011 \uff10 \uff21 \uff41 \uff0e \u0660 \u0969 \u0300 \u0301 a\u0301 \u200b \ufeff \u00ad \u0378 "
    "\ue000 \U00020000 \U0002f800 \U000f0000 \u1362 \u166e \u2047 \u203c \u10fb \u2e2e \uff61 \u06dd \x00 "
    "\x01 \x7f"
).split(" ")
SPACES = [" "] * 12 + ["  ", "\n", "\n\n", " \n", "\t", "\r\n", "\u00a0", " \u00a0", "\u2009", "\u3000",
                       "\u2028", "\x1c", "\x0b", "\x85", "   ", "\u202f "]
SPACES = [s for s in SPACES if s]


def random_documents(count, seed):
    choose = random.Random(seed)
    from spacy.lang.en import English

    keys = sorted(English().tokenizer.rules)
    for _ in range(count):
        parts = []
        gap = choose.choice([0.02, 0.2, 0.5])
        for _ in range(choose.randrange(1, 60)):
            draw = choose.random()
            if draw < gap:
                parts.append(choose.choice(SPACES))
            elif draw > 0.85:
                parts.append(choose.choice(keys))
            elif draw > 0.83:
                c = choose.randrange(0x110000)
                if not 0xD800 <= c < 0xE000 and unicodedata.category(chr(c)) != "Cn":
                    parts.append(chr(c))
            else:
                parts.append(choose.choice(ATOMS))
        yield "".join(parts)
