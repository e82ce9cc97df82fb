#include "bed.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace crier::test;
using namespace std::chrono_literals;

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += word + "; ";
    return text;
}

/// Every daemon that runs has its part.
bool shared_out(const SeveralBed& bed, std::size_t daemons) {
    const auto held = bed.holders();
    int all = 0;
    for (const auto& [life, count] : held)
        all += count;
    return held.size() == daemons && all == static_cast<int>(SeveralBed::account_count);
}

/// As eventually(); else with what the daemons have said.
template <class Done>
bool comes_to(const SeveralBed& bed, Done done, std::chrono::seconds most) {
    const bool came = eventually(done, most);
    if (!came)
        BOOST_TEST_MESSAGE(bed.logs());
    return came;
}

void start_all(SeveralBed& bed) {
    for (std::size_t i = 0; i < SeveralBed::daemon_count; ++i)
        bed.start(i);
    BOOST_REQUIRE(comes_to(
        bed, [&] { return shared_out(bed, SeveralBed::daemon_count); }, 30s));
}

void end_all(SeveralBed& bed) {
    for (std::size_t i = 0; i < SeveralBed::daemon_count; ++i)
        if (bed.runs(i)) {
            bed.way(i).cut(false);
            bed.daemon(i).signal(SIGCONT);
            bed.daemon(i).signal(SIGTERM);
        }
    for (std::size_t i = 0; i < SeveralBed::daemon_count; ++i)
        if (bed.runs(i))
            BOOST_TEST(bed.daemon(i).wait() == 0);
}

void judge(SeveralBed& bed, std::time_t moment) {
    BOOST_TEST(eventually([&] { return bed.caught_up_since(moment); }, 90s));
    const SeveralBed::Faults faults = bed.faults();
    BOOST_TEST(faults.doubled.empty(), "DOUBLED: " << joined(faults.doubled));
    BOOST_TEST(faults.lost.empty(), "LOST: " << joined(faults.lost));
    if (!faults.doubled.empty() || !faults.lost.empty())
        BOOST_TEST_MESSAGE(bed.logs());
}

/// One grey pixel.
std::string a_picture() {
    constexpr unsigned char png[] = {
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
        0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00,
        0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01,
        0x48, 0xaf, 0xa4, 0x71, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
    return {std::begin(png), std::end(png)};
}

/// The files that went out with the statuses of that text.
std::vector<std::string> uploaded(SeveralBed& bed, const std::string& text) {
    std::vector<std::string> files;
    for (const auto& status : bed.sandbox().statuses())
        if (status.at("text").as_string() == text)
            for (const auto& media : status.at("media").as_array())
                files.push_back(bed.sandbox().get("/media/" + std::string{media.at("id").as_string()}));
    return files;
}

} // namespace

BOOST_AUTO_TEST_SUITE(several)

BOOST_AUTO_TEST_CASE(three_daemons_divide_the_accounts_and_take_over_from_a_dead_one) {
    SeveralBed bed;
    start_all(bed);
    BOOST_REQUIRE(eventually([&] { return bed.caught_up_since(std::time(nullptr) - 4); }, 30s));
    bed.daemon(0).signal(SIGKILL);
    (void)bed.daemon(0).wait();
    const std::time_t killed = std::time(nullptr);
    BOOST_TEST(eventually([&] { return shared_out(bed, 2); }, 20s));
    BOOST_TEST(eventually([&] { return bed.caught_up_since(killed); }, 30s));
    // Who comes back gets its part again.
    bed.start(0);
    BOOST_TEST(comes_to(
        bed, [&] { return shared_out(bed, 3); }, 30s));
    judge(bed, std::time(nullptr));
    end_all(bed);
}

/// The emergency brake works wherever it is pulled.
BOOST_AUTO_TEST_CASE(a_pause_of_everything_is_one_of_all_daemons) {
    SeveralBed bed;
    start_all(bed);
    BOOST_REQUIRE(eventually([&] { return bed.caught_up_since(std::time(nullptr) - 4); }, 30s));
    const Finished paused = bed.crier(1, {"pause"});
    BOOST_TEST(paused.code == 0, paused.err);
    BOOST_TEST(eventually(
        [&] { return bed.database().ask("SELECT count(*) FROM accounts WHERE paused <> 0") == "6"; }));
    const auto before = bed.timeline().size();
    std::this_thread::sleep_for(5s);                  // so long as two and a half firings
    BOOST_TEST(bed.timeline().size() <= before + 6U); // what was on its way
    const Finished resumed = bed.crier(2, {"resume"});
    BOOST_TEST(resumed.code == 0, resumed.err);
    judge(bed, std::time(nullptr));
    end_all(bed);
}

/// The post was made where the picture was; it goes out where it is not.
BOOST_AUTO_TEST_CASE(a_picture_goes_out_though_the_machine_that_has_it_is_gone) {
    SeveralBed bed;
    bed.start(0);
    BOOST_REQUIRE(comes_to(
        bed, [&] { return shared_out(bed, 1); }, 30s));
    const Finished paused = bed.crier(0, {"pause", "account:a0"});
    BOOST_REQUIRE_MESSAGE(paused.code == 0, paused.err);
    const std::string picture = bed.folder(0) + "/plot.png";
    write_file(picture, a_picture());
    const Finished posted =
        bed.crier(0, {"post", "--account", "a0", "--media", picture, "--alt", "a plot", "look at this"});
    BOOST_REQUIRE_MESSAGE(posted.code == 0, posted.err);
    bed.daemon(0).signal(SIGKILL);
    (void)bed.daemon(0).wait();
    std::filesystem::remove(picture);
    std::filesystem::remove_all(bed.folder(0) + "/media");
    bed.start(1);
    BOOST_REQUIRE(comes_to(
        bed, [&] { return shared_out(bed, 1); }, 30s));
    const Finished resumed = bed.crier(1, {"resume", "account:a0"});
    BOOST_REQUIRE_MESSAGE(resumed.code == 0, resumed.err);
    const auto out = [&] {
        return bed.database().ask("SELECT count(*) FROM posts WHERE state = 'published' AND "
                                  "content LIKE '%look at this%'") == "1";
    };
    BOOST_TEST(comes_to(bed, out, 30s));
    BOOST_TEST((uploaded(bed, "look at this") == std::vector<std::string>{a_picture()}));
    BOOST_TEST(eventually([&] { return bed.database().ask("SELECT count(*) FROM media") == "0"; }));
    end_all(bed);
}

/// Deaths, standstills longer than a lease, parted networks and a database that goes away, for a while, one
/// after another and at once; the moments are a seed's.
BOOST_AUTO_TEST_CASE(nothing_is_lost_or_doubled_whatever_happens_to_daemons_and_database) {
    SeveralBed bed;
    start_all(bed);
    std::minstd_rand dice{20261128};
    const auto below = [&](int count) { return static_cast<int>(dice() % static_cast<unsigned>(count)); };
    for (int round = 0; round < 10; ++round) {
        const auto one = static_cast<std::size_t>(below(SeveralBed::daemon_count));
        const auto length = std::chrono::milliseconds{500 + below(7000)};
        const int what = round < 4 ? round : below(4);
        switch (what) {
        case 0:
            bed.daemon(one).signal(SIGSTOP);
            std::this_thread::sleep_for(length);
            bed.daemon(one).signal(SIGCONT);
            break;
        case 1:
            bed.way(one).cut(true);
            std::this_thread::sleep_for(length);
            bed.way(one).cut(false);
            break;
        case 2:
            bed.daemon(one).signal(SIGKILL);
            (void)bed.daemon(one).wait();
            std::this_thread::sleep_for(length / 2);
            bed.start(one);
            break;
        default:
            bed.database().stop();
            std::this_thread::sleep_for(length / 4);
            bed.database().start();
            break;
        }
        for (std::size_t i = 0; i < SeveralBed::daemon_count; ++i)
            if (!bed.runs(i)) // it could not begin without a database: a service manager starts it again
                bed.start(i);
        std::this_thread::sleep_for(std::chrono::milliseconds{below(1500)});
    }
    judge(bed, std::time(nullptr));
    end_all(bed);
}

BOOST_AUTO_TEST_SUITE_END()
