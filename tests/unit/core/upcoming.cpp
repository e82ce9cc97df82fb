// The next firings of one entry, with what the others leave of the account's limits.

#include "core/schedule/upcoming.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

const std::vector<rates::Rule> no_limits;

/// Accounts "news" and "art", and entries of which each is a cron in UTC.
struct Schedule {
    Settings settings;

    Schedule() {
        for (const char* name : {"news", "art"})
            settings.accounts[name].name = name;
    }

    EntrySettings& add(const char* name, const char* cron, std::initializer_list<const char*> accounts) {
        EntrySettings entry;
        entry.name = name;
        entry.timezone = "UTC";
        entry.when = Calendar{Rule{Cron::parse(cron).value()}};
        for (const char* account : accounts) {
            PostTarget target;
            target.account = account;
            target.post = std::make_shared<PostTemplate>();
            entry.targets.push_back(std::move(target));
        }
        return settings.schedule.emplace_back(std::move(entry));
    }

    /// A line each: "nominal account leaves", with "alone" or "expires" behind it.
    [[nodiscard]] std::string foresee(const char* name, int count) const {
        const auto tables = [](const std::string&) -> const std::vector<rates::Rule>& { return no_limits; };
        std::string text;
        for (const Upcoming& one : upcoming(settings, *find_entry(settings, name), tables,
                                            from_rfc3339("2026-11-24T12:00:00Z").value(), count)) {
            const Foreseen& foreseen = one.foreseen;
            text += to_rfc3339(foreseen.nominal) + " " + foreseen.target->account + " " +
                    (foreseen.leaves ? to_rfc3339(*foreseen.leaves) : "never") +
                    (foreseen.expires ? " expires" : "") + (one.alone ? " alone" : "") + "\n";
        }
        return text;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(upcoming_firings)

BOOST_AUTO_TEST_CASE(each_firing_is_listed_for_each_account) {
    Schedule schedule;
    schedule.add("e", "0 9 * * *", {"news", "art"});
    BOOST_TEST(schedule.foresee("e", 2) == "2026-11-25T09:00:00Z news 2026-11-25T09:00:00Z\n"
                                           "2026-11-25T09:00:00Z art 2026-11-25T09:00:00Z\n"
                                           "2026-11-26T09:00:00Z news 2026-11-26T09:00:00Z\n"
                                           "2026-11-26T09:00:00Z art 2026-11-26T09:00:00Z\n");
}

BOOST_AUTO_TEST_CASE(an_entry_that_ends_has_fewer) {
    Schedule schedule;
    EntrySettings& entry = schedule.add("e", "0 9 * * *", {"news"});
    entry.when.until = from_rfc3339("2026-11-25T10:00:00Z");
    BOOST_TEST(schedule.foresee("e", 10) == "2026-11-25T09:00:00Z news 2026-11-25T09:00:00Z\n");
    entry.when.until = from_rfc3339("2026-11-24T10:00:00Z");
    BOOST_TEST(schedule.foresee("e", 10).empty());
}

BOOST_AUTO_TEST_CASE(what_others_post_counts_on_their_account_alone) {
    Schedule schedule;
    schedule.settings.accounts["news"].limits.min_gap = 30min;
    schedule.add("other", "0 9 * * *", {"news"});
    schedule.add("e", "10 9 * * *", {"news", "art"});
    BOOST_TEST(schedule.foresee("e", 1) == "2026-11-25T09:10:00Z news 2026-11-25T09:30:00Z\n"
                                           "2026-11-25T09:10:00Z art 2026-11-25T09:10:00Z\n");
    schedule.settings.schedule[1].expires_after = 10min;
    BOOST_TEST(schedule.foresee("e", 1) == "2026-11-25T09:10:00Z news 2026-11-25T09:30:00Z expires\n"
                                           "2026-11-25T09:10:00Z art 2026-11-25T09:10:00Z\n");
}

/// Until its quiet times are over others take the account's room, though they fire later.
BOOST_AUTO_TEST_CASE(what_is_moved_meets_those_who_fire_later) {
    Schedule schedule;
    schedule.settings.accounts["news"].limits.min_gap = 30min;
    schedule.add("other", "0 7 * * *", {"news"});
    EntrySettings& entry = schedule.add("e", "0 3 * * *", {"news"});
    entry.quiet.emplace().hours = QuietHours{2h, 7h + 10min, "UTC"};
    BOOST_TEST(schedule.foresee("e", 1) == "2026-11-25T03:00:00Z news 2026-11-25T07:30:00Z\n");
    entry.when_quiet = WhenQuiet::skip;
    BOOST_TEST(schedule.foresee("e", 1) == "2026-11-25T03:00:00Z news never\n");
}

BOOST_AUTO_TEST_CASE(what_lies_too_far_ahead_is_foreseen_alone) {
    Schedule schedule;
    schedule.add("e", "0 9 1 1 *", {"news"});
    const std::string first = "2027-01-01T09:00:00Z news 2027-01-01T09:00:00Z";
    const std::string second = "2028-01-01T09:00:00Z news 2028-01-01T09:00:00Z";
    BOOST_TEST(schedule.foresee("e", 2) == first + "\n" + second + "\n"); // there is nobody else
    schedule.add("other", "0 0 * * *", {"news"});
    BOOST_TEST(schedule.foresee("e", 2) == first + "\n" + second + " alone\n");
    // Who posts each second is followed for about a day.
    schedule.add("mistyped", "* * * * * *", {"art"});
    BOOST_TEST(schedule.foresee("e", 2) == first + " alone\n" + second + " alone\n");
}

BOOST_AUTO_TEST_SUITE_END()
