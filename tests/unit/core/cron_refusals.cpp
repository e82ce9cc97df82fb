#include "core/schedule/cron/cron.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;

BOOST_AUTO_TEST_SUITE(cron_refusals)

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_field_part_and_remedy) {
    struct {
        const char* cron;
        const char* message;
        const char* hint;
    } const cases[] = {
        {"", "cron '' has 0 fields", "five fields are minute hour day month weekday; six have seconds first"},
        {"* * * *", "cron '* * * *' has 4 fields",
         "five fields are minute hour day month weekday; six have seconds first"},
        {"0 0 0 * * * *", "cron '0 0 0 * * * *': there is no field for the year",
         "`start` and `until` beside it say from when until when an entry fires"},
        {"0 0 0 1 1 * 2027-2030", "cron '0 0 0 1 1 * 2027-2030': there is no field for the year",
         "`start` and `until` beside it say from when until when an entry fires"},
        {"0 9 * * * echo hello", "cron '0 9 * * * echo hello' has 7 fields",
         "five fields are minute hour day month weekday; six have seconds first"},
        {"60 * * * *", "cron '60 * * * *': minute '60': 60 is not within 0 to 59",
         "there may stand: 0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
        {"0 24 * * *", "cron '0 24 * * *': hour '24': 24 is not within 0 to 23",
         "there may stand: 0 to 23, *, lists (9,17), ranges (9-17) and steps (*/2)"},
        {"0 0 0 * *", "cron '0 0 0 * *': day '0': 0 is not within 1 to 31",
         "there may stand: 1 to 31, *, lists (1,15), ranges (1-7), steps (*/2), L (the last), L-2, LW (the "
         "last working day) and 15W (the nearest one)"},
        {"0 0 * JANUARI *", "cron '0 0 * JANUARI *': month 'JANUARI': 'JANUARI' is no month",
         "did you mean JAN?"},
        {"0 0 * ENERO *", "cron '0 0 * ENERO *': month 'ENERO': 'ENERO' is no month",
         "there may stand: 1 to 12 or JAN to DEC, *, lists, ranges and steps"},
        {"0 0 * * Monday", "cron '0 0 * * Monday': weekday 'Monday': 'Monday' is no weekday",
         "did you mean MON?"},
        {"0 0 1 september *", "cron '0 0 1 september *': month 'september': 'september' is no month",
         "did you mean SEP?"},
        {"0 0 * * MOM", "cron '0 0 * * MOM': weekday 'MOM': 'MOM' is no weekday", "did you mean MON?"},
        {"0 0 * * 1,,2", "cron '0 0 * * 1,,2': weekday '': nothing between two commas",
         "there may stand: 0 to 7 (0 and 7 are Sunday) or SUN to SAT, *, lists, ranges (MON-FRI), steps, "
         "MON#2 (the second of the month) and FRIL (the last)"},
        {"*/0 * * * *", "cron '*/0 * * * *': minute '*/0': the step is no number above 0",
         "there may stand: 0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
        {"*/90 * * * *", "cron '*/90 * * * *': minute '*/90': a step of 90 leaves only the first value",
         "a rhythm that does not divide the field is `every:`, such as `every: 90m`"},
        {"5/60 * * * *", "cron '5/60 * * * *': minute '5/60': a step of 60 leaves only the first value",
         "a rhythm that does not divide the field is `every:`, such as `every: 90m`"},
        {"0-9/2147483647 * * * *",
         "cron '0-9/2147483647 * * * *': minute '0-9/2147483647': a step of 2147483647 leaves only the first "
         "value",
         "a rhythm that does not divide the field is `every:`, such as `every: 90m`"},
        {"0 0 * * 7/2", "cron '0 0 * * 7/2': weekday '7/2': nothing of the week comes after 7",
         "Sunday alone is 7; steps from Sunday on begin at 0, such as 0/2"},
        {"0 22-2 * * *", "cron '0 22-2 * * *': hour '22-2': the range runs backwards",
         "write it as two: 22-23,0-2"},
        {"0 0 * * SAT-MON", "cron '0 0 * * SAT-MON': weekday 'SAT-MON': the range runs backwards",
         "write it as two: SAT-6,0-MON"},
        {"0 0 ? * 1", "cron '0 0 ? * 1': day '?': ? is not understood",
         "write * where the field does not matter"},
        {"0 0 5L * *", "cron '0 0 5L * *': day '5L': L behind a number is for weekdays",
         "the last day of the month is L, the third last L-2; the last Friday is FRIL, in the weekday field"},
        {"0 0 L-31 * *", "cron '0 0 L-31 * *': day 'L-31': L- goes with a number of days within 1 to 30",
         "L-2 is two days before the month's last day"},
        {"0 0 L-0 * *", "cron '0 0 L-0 * *': day 'L-0': L- goes with a number of days within 1 to 30",
         "L-2 is two days before the month's last day"},
        {"0 0 1-L * *", "cron '0 0 1-L * *': day '1-L': L and W stand alone, without a range or a step",
         "as a list, such as L-2,L-1,L"},
        {"0 0 W * *", "cron '0 0 W * *': day 'W': W goes with a day",
         "15W is the working day nearest to the 15th, LW the last one of the month"},
        {"0 0 32W * *", "cron '0 0 32W * *': day '32W': 32 is not within 1 to 31",
         "there may stand: 1 to 31, *, lists (1,15), ranges (1-7), steps (*/2), L (the last), L-2, LW (the "
         "last working day) and 15W (the nearest one)"},
        {"0 0 1W-5W * *", "cron '0 0 1W-5W * *': day '1W-5W': L and W stand alone, without a range or a step",
         "as a list, such as L-2,L-1,L"},
        {"0 0 1#2 * *", "cron '0 0 1#2 * *': day '1#2': # goes with a weekday",
         "MON#2 in the weekday field is the second Monday of the month"},
        {"0 0 WED * *", "cron '0 0 WED * *': day 'WED': 'WED' is no day",
         "there may stand: 1 to 31, *, lists (1,15), ranges (1-7), steps (*/2), L (the last), L-2, LW (the "
         "last working day) and 15W (the nearest one)"},
        {"0 0 * * L", "cron '0 0 * * L': weekday 'L': L alone says no weekday",
         "SAT is each Saturday, SATL the month's last one; the month's last day is L in the day field"},
        {"0 0 * * LW", "cron '0 0 * * LW': weekday 'LW': W goes with a day of the month",
         "LW and 15W stand in the day field"},
        {"0 0 * * L-3", "cron '0 0 * * L-3': weekday 'L-3': L and W go with days",
         "L (the month's last day), LW and 15W stand in the day field, FRIL (the last Friday) in the weekday "
         "field"},
        {"0 0 * * 8L", "cron '0 0 * * 8L': weekday '8L': 8 is not within 0 to 7",
         "there may stand: 0 to 7 (0 and 7 are Sunday) or SUN to SAT, *, lists, ranges (MON-FRI), steps, "
         "MON#2 (the second of the month) and FRIL (the last)"},
        {"0 0 * * MOM#1", "cron '0 0 * * MOM#1': weekday 'MOM#1': 'MOM' is no weekday", "did you mean MON?"},
        {"0 0 * * MON#6", "cron '0 0 * * MON#6': weekday 'MON#6': behind # goes a number within 1 to 5",
         "MON#2 is the second Monday of the month, MONL the last one"},
        {"0 0 * * MON-FRI#2", "cron '0 0 * * MON-FRI#2': weekday 'MON-FRI#2': # and L go with one weekday",
         "as a list, such as MON#2,TUE#2"},
        {"0 0 * * MON-FRIL", "cron '0 0 * * MON-FRIL': weekday 'MON-FRIL': # and L go with one weekday",
         "as a list, such as MON#2,TUE#2"},
        {"L 0 * * *", "cron 'L 0 * * *': minute 'L': L and W go with days",
         "L (the month's last day), LW and 15W stand in the day field, FRIL (the last Friday) in the weekday "
         "field"},
        {"0 9W * * *", "cron '0 9W * * *': hour '9W': L and W go with days",
         "L (the month's last day), LW and 15W stand in the day field, FRIL (the last Friday) in the weekday "
         "field"},
        {"0 0 * 3#1 *", "cron '0 0 * 3#1 *': month '3#1': # goes with a weekday",
         "MON#2 in the weekday field is the second Monday of the month"},
        {"H 9 * * *", "cron 'H 9 * * *': minute 'H': H (any value, as Jenkins picks it) is not understood",
         "a fixed time, with `jitter: 30m` beside it to spread the posts; or `every:`, which spreads entries "
         "by their names"},
        {"h(0-29)/10 * * * *",
         "cron 'h(0-29)/10 * * * *': minute 'h(0-29)/10': H (any value, as Jenkins picks it) is not "
         "understood",
         "a fixed time, with `jitter: 30m` beside it to spread the posts; or `every:`, which spreads entries "
         "by their names"},
        {"0~30 9 * * *", "cron '0~30 9 * * *': minute '0~30': ~ (any value of a range) is not understood",
         "the begin of the range, with `jitter: 30m` beside it"},
        {"0 9 1st * *", "cron '0 9 1st * *': day '1st': days are numbers alone", "the day field takes 1"},
        {"0 9 * * 1ST", "cron '0 9 * * 1ST': weekday '1ST': days are numbers alone",
         "the first Monday of the month is MON#1"},
        {"@every 5m", "cron '@every 5m': a rhythm is no cron", "instead of it: `every: 5m`"},
        {"CRON_TZ=Asia/Tokyo 0 9 * * *", "cron 'CRON_TZ=Asia/Tokyo 0 9 * * *': the zone is no part of it",
         "beside it: `timezone: Asia/Tokyo`"},
        {"Mon *-*-* 09:30:00", "cron 'Mon *-*-* 09:30:00': a time of day is two fields",
         "minute first: 30 9 * * MON-FRI is 9:30 from Monday to Friday"},
        {"daily", "cron 'daily' has 1 field", "did you mean @daily?"},
        {"@reboot", "cron '@reboot': a start of the daemon is no time to post",
         "use `crier post` in a unit that runs at boot"},
        {"@dayly", "cron '@dayly': there is no such name", "did you mean @daily?"},
        {"@sometimes", "cron '@sometimes': there is no such name",
         "names are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually"},
        {"-5 * * * *", "cron '-5 * * * *': minute '-5': '' is no minute",
         "there may stand: 0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
    };
    for (const auto& c : cases) {
        const auto cron = Cron::parse(c.cron);
        BOOST_TEST_REQUIRE(cron.has_error(), c.cron);
        BOOST_TEST((cron.error().cause == Cause::config));
        BOOST_TEST(cron.error().message == c.message);
        BOOST_TEST(cron.error().hint == c.hint);
    }
}

BOOST_AUTO_TEST_SUITE_END()
