#include "core/text/chance.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace crier;
using crier::text::draw;

BOOST_AUTO_TEST_SUITE(chance)

// By an implementation that shares nothing with this one; they must never change.
BOOST_AUTO_TEST_CASE(draws_are_what_they_were) {
    const struct {
        std::uint64_t count;
        std::uint64_t drawn[4]; // of the turns 0 to 3
    } cases[] = {
        {1, {0, 0, 0, 0}},
        {2, {1, 0, 1, 1}},
        {6, {1, 0, 1, 1}},
        {100, {29, 24, 91, 83}},
        {1'999'999'999, {790'307'011, 929'155'786, 561'594'371, 682'507'576}},
        {1ULL << 63U,
         {8'047'529'519'300'080'421U, 5'092'031'522'383'140'024U, 6'787'383'757'167'902'491U,
          7'506'241'382'929'386'883U}},
    };
    for (const auto& c : cases)
        for (std::int64_t turn = 0; turn < 4; ++turn)
            BOOST_TEST(draw(Digest{}, turn, c.count) == c.drawn[turn], c.count << " at " << turn);
}

// With 10 000 draws of ten, the sum of squares below is under 27.9 in 999 of 1000 cases; these are fixed
// ones.
BOOST_AUTO_TEST_CASE(all_numbers_come_up_and_turns_are_independent) {
    std::vector<int> first(10);
    std::vector<int> both(100);
    for (int i = 0; i < 10'000; ++i) {
        const Digest seed = digest_of(std::to_string(i));
        const std::uint64_t one = draw(seed, 0, 10);
        ++first[one];
        ++both[one * 10 + draw(seed, 1, 10)];
    }
    const auto surprise = [](const std::vector<int>& counts) {
        const double expected = 10'000.0 / static_cast<double>(counts.size());
        double sum = 0;
        for (const int count : counts)
            sum += (count - expected) * (count - expected) / expected;
        return sum;
    };
    BOOST_TEST(surprise(first) < 27.9);
    BOOST_TEST(surprise(both) < 148.3); // the same, of a hundred
}

BOOST_AUTO_TEST_SUITE_END()
