"""The demo: an invented world of two services and four sources, with what really goes wrong planted in it.

Everything here is invented, from a seed and no clock: :func:`ecegateway.demo.world.build_world`. ``world.planted`` lists
what was planted, where, and what a right gateway does with it. Most hours are in order; each story touches a few days of
one child, and no day of a child has two. An ordinary child is there for the booked hours on about nine days of ten.

Kōwhai, the system of Pūāwai Early Learning (source ``kowhai``)

====  =====================================  =================================================================  ============
trap  name                                   story                                                              effect
====  =====================================  =================================================================  ============
1     auto sign-out at 20:00 UTC             two children leave the next morning, in summer time and after it   held
2     auto sign-out at 21:00, midnight, ...  ten children, in three runs, leave at the same instant             held
5     booking rows as attendance             booked times stand as stays that nobody recorded                   held
6     bulk mark present                      one educator marks five children within seconds                    held
7     edit after verification                the office moves a sign-out the parent had confirmed               reported
8     no record                              booked, neither present nor absent                                 held
10    one child on two sheets                turned two, and still on the sheet for under twos as well          counted once
11    unknown booking pattern word           an agreement repeats "term-time"                                   quarantined
12    overlapping sessions                   two sessions of one day overlap                                    counted once
12    session without times                  the record gives the day alone                                     held
14    late correction to a leaver            left in March, corrected in April, confirmed again                 clean
15    delete without key                     a deletion names only the server's own id                          reported
35    decomposed macrons, single name        sent as combining marks; one name only                             clean
-     attendance without enrolment           a cousin signed in twice without an agreement                      held
-     attendance without staff hours         one Friday no teacher's shift was recorded                         held
-     signed by no authorised signatory      an aunt with a signature of her own fetched a child                reported
-     one signature used by two              a father signs with the mother's signature                         held
-     missing signer                         a sign-in names nobody: held; clean where a parent confirmed it    held, clean
-     educator signs in with circumstances   the parent forgot, the educator said why, the parent confirmed     clean
-     no student number                      one with a birth certificate sighted, one with no document         held
-     unsigned agreement change              comes on days no parent has signed for                             held
-     sixth birthday                         still comes after turning six                                      refused
-     declared alteration, declared leaving  corrected with who, when and why                                   clean
-     change without who                     a correction says when and why, and not who                        held
-     silent rewrite                         two stays changed between the pulls without a word                 held
-     delete with key                        a stay deleted by its key; the child was absent                    reported
====  =====================================  =================================================================  ============

EnrolNow and the office of Te Kōtuku Kindergarten (sources ``enrolnow-drop`` and ``kotuku-paper``)

====  =====================================  =================================================================  ============
trap  name                                   story                                                              effect
====  =====================================  =================================================================  ============
3     absent child with a login time         every absence has one; a row marked on the day is quarantined      clean, or so
4     blank operating hours                  00:00 to 00:00 on a day children came                              reported
8     no record                              booked, and no row in the file                                     held
13    vanished row                           three rows of March are not in the file of May                     held
-     silent rewrite                         a logout time changed; the file cannot show who did it             held
-     missing paper verification             two parents' sheets of a month never came back                     held
-     attendance without enrolment           in EnrolNow since May, and no form was signed                      held
-     no student number                      a late starter whose passport was sighted                          held
-     poison row                             a shift on 31 February; a note with the character U+0000           quarantined
-     declared leaving                       the paper agreement was given an end, with who, when and why       clean
====  =====================================  =================================================================  ============

What the absence rules fund, refuse or doubt at Pūāwai (sources ``kowhai`` and ``puawai-paper``, the office's folder)

===========================================  ============================================================  =================
name                                         story                                                         effect
===========================================  ============================================================  =================
same weekday, never reconfirmed              every Friday: months three and four are not funded            clean, refused
same weekday, reconfirmed                    every Thursday: a signature carries month three, not four     clean, refused
same weekday, agreement changed              every Monday for two months, then booked no more              clean
fewer hours a day                            fetched early day after day; month three, not reconfirmed     clean, attended
absent for five weeks                        three weeks are funded, the fourth and the fifth are not      clean, refused
exempt for eight weeks                       dates, EC12, EC13, and where they are kept                    clean
exemption without an end                     three weeks as for any other child, and a warning             reported, refused
absent after notice of leaving               the agreement runs on for two weeks, the funding does not     refused
late start, documented                       ill: one week is funded before the first attendance           clean, refused
school visit, noted; and not noted           with the enrolment, or only as the cause of an absence        clean; reported
absent child whose place is filled           subsidy in place of 20 Hours ECE                              clean
casual child in an absent child's place      every place is booked, and a fee is paid                      refused
make-up day                                  the missed day is claimed, the one that makes up is not       clean
approved emergency closure                   24 March: booked hours, with the approval's reference         clean
register marked once                         29 April: staff marked it in the morning and not again        reported
===========================================  ============================================================  =================

And at Te Kōtuku (sources ``enrolnow-drop`` and ``kotuku-paper``)

===========================================  ============================================================  =================
name                                         story                                                         effect
===========================================  ============================================================  =================
fewer days a week, closed between            February, March, a long closure in April, May: month three    clean, refused
same weekday, closed between                 March, a long closure in April, May: month two                clean
absent before and after a long closure       the closure takes two weeks out of the count                  clean, refused
late start, not documented                   absent from the first day, and nobody says why                held
emergency closure not approved               20 May: no approval on record                                 held
===========================================  ============================================================  =================

Also in it, and in order: a teacher-only day (15 May), a term break of more than two weeks over the end of daylight saving,
children who turn two and three, starters and leavers, a signed change, casual and conditional children, fortnightly and
alternating bookings.
"""
