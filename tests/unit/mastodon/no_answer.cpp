#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;

namespace {

Reply of(HttpPhase phase, Cause cause, bool sent_whole) {
    return classify(HttpFailure{phase, Failure{cause, "m.example: it broke", "mend it"}, sent_whole});
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_no_answer)

BOOST_AUTO_TEST_CASE(a_request_that_did_not_go_out_whole_did_nothing) {
    for (const HttpPhase phase : {HttpPhase::resolve, HttpPhase::connect, HttpPhase::tls, HttpPhase::write})
        for (const Cause cause : {Cause::network, Cause::temporary, Cause::cancelled, Cause::not_found}) {
            const Reply reply = of(phase, cause, false);
            BOOST_TEST(reply.verdict == Verdict::not_sent);
            BOOST_TEST(reply.http == 0);
            BOOST_TEST(reply.text == "m.example: it broke");
            BOOST_TEST(reply.hint == "mend it");
        }
}

BOOST_AUTO_TEST_CASE(a_lost_reply_leaves_it_open_whatever_the_cause) {
    for (const Cause cause :
         {Cause::network, Cause::server, Cause::cancelled, Cause::config, Cause::permission})
        BOOST_TEST(of(HttpPhase::read, cause, true).verdict == Verdict::unknown);
}

BOOST_AUTO_TEST_CASE(a_token_that_may_not_go_over_plain_http_stops_the_account) {
    const Reply reply = of(HttpPhase::connect, Cause::config, false);
    BOOST_TEST(reply.verdict == Verdict::forbidden);
    BOOST_TEST(reply.hint == "mend it");
}

BOOST_AUTO_TEST_SUITE_END()
