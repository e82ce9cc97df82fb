#include "core/draw.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <string>

using namespace crier;
using namespace std::chrono_literals;

namespace {

/// A source and what an entry has drawn from it.
struct Hat {
    explicit Hat(std::vector<std::string> items)
        : names(std::move(items)) {}

    std::vector<std::string> names; ///< newest first
    std::map<std::string, double> weights;
    std::map<std::string, Instant> dates;
    Draw rules;
    draw::Marks marks;
    Instant now = from_rfc3339("2026-11-24T09:00:00Z").value();
    std::set<std::string> refused;

    /// The item that is drawn now, "-" for none; the next time is a day later.
    std::string next() {
        std::vector<draw::Candidate> candidates;
        for (const std::string& name : names) {
            draw::Candidate one;
            one.item = digest_of(name);
            if (weights.count(name) > 0)
                one.weight = weights[name];
            if (dates.count(name) > 0)
                one.date = dates[name];
            candidates.push_back(one);
        }
        draw::Occasion occasion;
        occasion.due = now;
        occasion.seed = digest_of(to_rfc3339(now));
        now += 24h;
        const auto choice = draw::choose(rules, candidates, marks, occasion,
                                         [&](std::size_t index) { return refused.count(names[index]) > 0; });
        if (!choice)
            return "-";
        marks.insert_or_assign(candidates[choice->index].item, choice->mark);
        return names[choice->index];
    }

    std::string next(int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += next();
        return text;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(draws)

BOOST_AUTO_TEST_CASE(in_turn_the_oldest_first_and_round_again) {
    Hat hat{{"c", "b", "a"}};
    BOOST_TEST(hat.next(4) == "abca");
    // A new one joins the round, what has gone is passed over.
    hat.names = {"d", "c", "a"};
    BOOST_TEST(hat.next(5) == "cdacd");
}

BOOST_AUTO_TEST_CASE(a_new_item_among_old_ones_comes_once_a_round) {
    Hat hat{{"b", "a"}};
    (void)hat.next(20);
    hat.names = {"c", "b", "a"};
    const std::string drawn = hat.next(9);
    BOOST_TEST(std::count(drawn.begin(), drawn.end(), 'c') == 3);
}

BOOST_AUTO_TEST_CASE(shuffled_each_comes_once_a_round_and_none_twice_in_a_row) {
    Hat hat{{"e", "d", "c", "b", "a"}};
    hat.rules.order = DrawOrder::shuffle;
    std::string before;
    std::set<std::string> orders;
    for (int round = 0; round < 40; ++round) {
        const std::string drawn = hat.next(5);
        BOOST_TEST((std::set<char>{drawn.begin(), drawn.end()}.size() == 5U), drawn);
        if (!before.empty())
            BOOST_TEST(before.back() != drawn.front());
        orders.insert(drawn);
        before = drawn;
    }
    BOOST_TEST(orders.size() > 20U);
}

BOOST_AUTO_TEST_CASE(what_was_drawn_lately_is_left_alone) {
    Hat hat{{"c", "b", "a"}};
    hat.rules.repeat_after = 24h * 4;
    BOOST_TEST(hat.next(5) == "abc-a");
    hat.rules.when_empty = WhenEmpty::repeat;
    BOOST_TEST(hat.next(3) == "bca"); // the third is early: it was drawn longest ago
}

BOOST_AUTO_TEST_CASE(by_weight_in_its_ratio) {
    Hat hat{{"c", "b", "a"}};
    hat.weights = {{"a", 6}, {"b", 3}, {"c", 0}};
    hat.rules.order = DrawOrder::weighted;
    hat.rules.repeat_after = 1s;
    const std::string drawn = hat.next(900);
    const auto count = [&](char name) { return std::count(drawn.begin(), drawn.end(), name); };
    BOOST_TEST(count('c') == 0);
    BOOST_TEST(std::abs(count('a') - 600) < 60);
    // Without a time the last one is not drawn at once again.
    hat.rules.repeat_after.reset();
    BOOST_TEST(hat.next(4).find("aa") == std::string::npos);
    hat.names = {"a"};
    BOOST_TEST(hat.next(2) == "aa");
}

BOOST_AUTO_TEST_CASE(an_anniversary_is_drawn_on_its_day) {
    Hat hat{{"d", "c", "b", "a"}};
    hat.rules.order = DrawOrder::anniversary;
    hat.dates = {{"a", from_rfc3339("1999-11-25T23:30:00Z").value()},
                 {"b", from_rfc3339("2004-02-29T12:00:00Z").value()},
                 {"c", from_rfc3339("2010-11-25T01:00:00Z").value()}};
    BOOST_TEST(hat.next(3) == "-a-");
    hat.now = from_rfc3339("2026-11-25T10:00:00Z").value();
    BOOST_TEST(hat.next() == "c"); // of two on one day each once
    hat.now = from_rfc3339("2026-11-25T11:00:00Z").value();
    BOOST_TEST(hat.next() == "-");
    hat.now = from_rfc3339("2027-11-25T11:00:00Z").value();
    BOOST_TEST(hat.next() == "a");
    hat.now = from_rfc3339("2027-02-28T11:00:00Z").value();
    BOOST_TEST(hat.next(2) == "b-");
    hat.now = from_rfc3339("2028-02-28T11:00:00Z").value();
    BOOST_TEST(hat.next(2) == "-b");
}

BOOST_AUTO_TEST_CASE(what_is_refused_leaves_the_hat_for_this_time) {
    Hat hat{{"c", "b", "a"}};
    hat.refused = {"a"};
    BOOST_TEST(hat.next(4) == "bcbc");
    hat.refused = {};
    BOOST_TEST(hat.next() == "a");
    hat.refused = {"a", "b", "c"};
    BOOST_TEST(hat.next() == "-");
    hat.names = {};
    BOOST_TEST(hat.next() == "-");
}

BOOST_AUTO_TEST_SUITE_END()
