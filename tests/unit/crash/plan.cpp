#include "crash/plan.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace crier::crash;

namespace {

constexpr Second noon{std::chrono::seconds{1767614400}};

Plan plan_of(std::uint64_t seed) {
    Options options;
    options.seed = seed;
    return make_plan(options, noon);
}

} // namespace

BOOST_AUTO_TEST_SUITE(crash_plan)

BOOST_AUTO_TEST_CASE(there_are_as_many_posts_and_kills_as_asked_for) {
    const Plan plan = plan_of(7);
    std::size_t posts = 0;
    std::set<std::string> texts;
    for (const Job& job : plan.jobs) {
        posts += job.item ? plan.accounts.size() : 1;
        texts.insert(job.text);
    }
    BOOST_TEST(texts.size() == plan.jobs.size());
    for (const auto& list : plan.moments) {
        posts += list.size();
        BOOST_TEST(std::set<Second>(list.begin(), list.end()).size() == list.size());
        BOOST_TEST((list.front() > noon));
    }
    BOOST_TEST(posts >= 2000U);
    BOOST_TEST(plan.lives.size() == 300U);
    BOOST_TEST(plan.lives.back().jobs == plan.jobs.size());
}

BOOST_AUTO_TEST_CASE(every_place_gets_its_kills) {
    const Plan plan = plan_of(7);
    for (const Place place :
         {Place::anywhere, Place::publishing, Place::uploading, Place::starting, Place::disk})
        BOOST_TEST(std::count_if(plan.lives.begin(), plan.lives.end(),
                                 [&](const Life& life) { return life.place == place; }) > 5);
}

BOOST_AUTO_TEST_CASE(the_same_seed_is_the_same_plan) {
    const auto texts = [](const Plan& plan) {
        std::string all;
        for (const Job& job : plan.jobs)
            all += job.text + (job.picture ? "+" : "") + job.account;
        for (const Life& life : plan.lives)
            all += std::to_string(life.delay.count()) + life.stall.what + life.fault;
        return all;
    };
    BOOST_TEST(texts(plan_of(7)) == texts(plan_of(7)));
    BOOST_TEST(texts(plan_of(7)) != texts(plan_of(8)));
}

BOOST_AUTO_TEST_CASE(a_moment_is_read_as_it_is_written) {
    Second read{};
    BOOST_TEST(to_text(noon) == "2026-01-05T12:00:00Z");
    BOOST_TEST(from_text(to_text(noon), read));
    BOOST_TEST((read == noon));
    BOOST_TEST(!from_text("noon", read));
}

BOOST_AUTO_TEST_SUITE_END()
