// Somebody else posts on the account: noticed on pages that are read anyway, once.
#include "keyless.hpp"

using namespace crier;
using namespace crier::test;

namespace {

struct SharedAccount : Keyless {
    void somebody_posts(const std::string& text) {
        ModelServer::Status status;
        status.id = "f" + std::to_string(server.statuses.size());
        status.text = text;
        status.created = time.now();
        server.statuses.push_back(status);
        time.run_for(10min);
    }
    /// A post whose reply is lost: its page is read.
    PostId look(const std::string& text) {
        server.faults = {Fault::lost_after};
        const PostId id = post(text, text);
        time.run_for(10min);
        return id;
    }
    AccountState state() const { return engine->lanes().front().state; }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_foreign)

BOOST_AUTO_TEST_CASE(statuses_that_crier_did_not_make_are_noticed_once_also_over_a_restart) {
    SharedAccount h;
    h.somebody_posts("by hand");
    const Instant second = h.time.now();
    h.somebody_posts("by another bot");
    BOOST_TEST((h.store.post(h.look("one")).state == PostState::published));
    BOOST_TEST(h.log.count("account.foreign_seen") == 1U);
    BOOST_TEST(h.log.first("account.foreign_seen").find("2 on its page that crier did not post") !=
               std::string::npos);
    BOOST_TEST(h.state().foreign == 2);
    BOOST_TEST((h.state().foreign_newest == second));
    h.restart();
    (void)h.look("two");
    BOOST_TEST(h.log.count("account.foreign_seen") == 1U);
    BOOST_TEST(h.state().foreign == 2);
    h.somebody_posts("again");
    (void)h.look("three");
    BOOST_TEST(h.log.count("account.foreign_seen") == 2U);
    BOOST_TEST(h.state().foreign == 3);
    BOOST_TEST(h.server.looks == 3U); // a page for each post in doubt, and nothing more
}

BOOST_AUTO_TEST_CASE(an_account_of_its_own_has_none) {
    SharedAccount h;
    (void)h.look("one");
    (void)h.look("two");
    BOOST_TEST(h.log.count("account.foreign_seen") == 0U);
    BOOST_TEST(h.state().foreign == 0);
}

BOOST_AUTO_TEST_CASE(a_post_whose_fate_a_person_decides_is_not_taken_for_somebody_elses) {
    SharedAccount h;
    h.server.readable = false;
    const PostId id = h.look("one");
    h.time.run_for(24h);
    BOOST_TEST((h.store.post(id).state == PostState::held));
    h.server.readable = true;
    (void)h.look("two");
    BOOST_TEST(h.log.count("account.foreign_seen") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
