#include "mastodon/publisher.hpp"

#include "answers.hpp"
#include "support/coro.hpp"
#include "support/temporary.hpp"
#include "support/virtual_time.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace crier;
using namespace crier::mastodon;
using namespace std::chrono_literals;
using crier::mastodon::test::html_type;
using crier::mastodon::test::json_type;
using crier::mastodon::test::response;

namespace {

const char* const instance_body =
    R"({"version":"4.5.0","configuration":{"statuses":{"max_characters":777}}})";
const char* const attachment = R"({"id":"7","type":"image","url":"https://m.example/7.png"})";
const char* const queued_reply = R"({"id":"7","type":"video","url":null})";

/// Answers by a script and keeps what it was asked.
class ScriptedHttp final : public HttpClient {
public:
    struct Seen {
        std::string line;
        std::string bearer;
        Duration timeout;
        Duration connect_timeout;
        HttpRequest request;
        Seen(std::string l, HttpRequest r)
            : line(std::move(l))
            , bearer(r.bearer.reveal())
            , timeout(r.timeout)
            , connect_timeout(r.connect_timeout)
            , request(std::move(r)) {}
    };

    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        std::string line = request.method + " " + request.url;
        seen.emplace_back(std::move(line), std::move(request));
        BOOST_REQUIRE(!script.empty());
        HttpResult result = std::move(script.front());
        script.pop_front();
        co_return result;
    }

    void answer(int status, const char* headers, std::string body) {
        script.emplace_back(response(status, headers, std::move(body)));
    }
    void fail(Cause cause, bool sent_whole, std::string message) {
        script.emplace_back(HttpFailure{sent_whole ? HttpPhase::read : HttpPhase::connect,
                                        Failure{cause, std::move(message), "a hint"}, sent_whole});
    }

    std::deque<HttpResult> script;
    std::vector<Seen> seen;
};

class TestToken final : public TokenSource {
public:
    Result<Secret> read() override {
        ++reads;
        if (value.empty())
            return Failure{Cause::token, "no token in secrets/news.token", "put one there"};
        return Secret{value};
    }
    std::string value = "s3cr3t-t0k3n-AbCdEf";
    int reads = 0;
};

class File {
public:
    explicit File(std::uintmax_t size) {
        std::ofstream{path_} << "x";
        std::filesystem::resize_file(path_, size);
    }
    ~File() { std::filesystem::remove(path_); }
    [[nodiscard]] Media media() const {
        Media made;
        made.file = path_;
        return made;
    }

private:
    std::string path_ = std::filesystem::temp_directory_path() /
                        ("crier-unit-mastodon-" + std::to_string(::getpid()) + ".png");
};

struct World {
    boost::asio::io_context context{1};
    crier::test::VirtualTime time{context, *from_rfc3339("2026-11-24T12:00:00Z")};
    AccountSettings account;
    ScriptedHttp http;
    TestToken token;
    std::unique_ptr<Publisher> publisher;

    World() {
        account.name = "news";
        account.server = "https://m.example";
        publisher = make_publisher(account, http, token, time);
    }
    Reply publish(const PostContent& content = {}) {
        return crier::test::run(context, publisher->publish(content, "key"));
    }
    Reply upload(const Media& media) { return crier::test::run(context, publisher->upload(media)); }
    Result<ServerProfile> profile() { return crier::test::run(context, publisher->profile()); }
    [[nodiscard]] std::vector<std::string> lines() const {
        std::vector<std::string> all;
        for (const auto& request : http.seen)
            all.push_back(request.line);
        return all;
    }
};

using Lines = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_publisher)

BOOST_AUTO_TEST_CASE(a_post_goes_out_with_its_key_and_the_token) {
    World world;
    world.http.answer(200, json_type, R"({"id":"1","uri":"u","account":{"acct":"news@m.example"}})");
    PostContent content;
    content.status = "Hello";
    const Reply reply = world.publish(content);
    BOOST_TEST(reply.verdict == Verdict::published);
    BOOST_TEST(reply.status->account_name == "news");
    BOOST_TEST(world.lines() == Lines{"POST https://m.example/api/v1/statuses"},
               boost::test_tools::per_element());
    BOOST_TEST(world.http.seen[0].bearer == "s3cr3t-t0k3n-AbCdEf");
    BOOST_TEST(world.http.seen[0].request.body == R"({"status":"Hello","visibility":"public"})");
    BOOST_TEST(!world.http.seen[0].request.follow_redirects);
}

BOOST_AUTO_TEST_CASE(the_token_is_read_for_each_call_so_that_a_rotated_one_works_at_once) {
    World world;
    world.http.answer(401, json_type, R"({"error":"The access token was revoked"})");
    world.http.answer(200, json_type, R"({"id":"1","uri":"u"})");
    BOOST_TEST(world.publish().verdict == Verdict::unauthorized);
    world.token.value = "an0ther-t0k3n";
    BOOST_TEST(world.publish().verdict == Verdict::published);
    BOOST_TEST(world.http.seen[0].bearer == "s3cr3t-t0k3n-AbCdEf");
    BOOST_TEST(world.http.seen[1].bearer == "an0ther-t0k3n");
    BOOST_TEST(world.token.reads == 2);
}

BOOST_AUTO_TEST_CASE(without_a_token_nothing_is_sent_and_its_source_says_why) {
    World world;
    world.token.value.clear();
    const Reply reply = world.publish();
    BOOST_TEST(reply.verdict == Verdict::unauthorized);
    BOOST_TEST(reply.http == 0);
    BOOST_TEST(reply.text == "no token in secrets/news.token");
    BOOST_TEST(reply.hint == "put one there");
    BOOST_TEST(world.http.seen.empty());
}

BOOST_AUTO_TEST_CASE(a_token_that_the_server_says_back_shows_nowhere) {
    World world;
    const std::string token = world.token.value;
    world.http.answer(401, json_type, R"({"error":"no such token: )" + token + R"( or )" + token + "\"}");
    // Cut to its length, the words would end in the middle of the token, which then nobody would know.
    world.http.answer(422, json_type, R"({"error":")" + std::string(290, 'x') + token + "\"}");
    world.http.answer(403, html_type, "<title>Bearer " + token + "</title>");
    world.http.answer(301, ("Location: https://" + token + ".example/").c_str(), "");
    world.http.fail(Cause::network, true, "read of " + token + " failed");
    for (int i = 0; i < 5; ++i) {
        const Reply reply = world.publish();
        BOOST_TEST_CONTEXT(reply.text) {
            BOOST_TEST(reply.text.find(token.substr(0, 6)) == std::string::npos);
            BOOST_TEST(reply.hint.find(token.substr(0, 6)) == std::string::npos);
        }
        if (i == 0)
            BOOST_TEST(reply.text == "no such token: *** or ***");
    }
}

BOOST_AUTO_TEST_CASE(a_422_is_waited_out_only_while_media_are_unconfirmed) {
    World world;
    PostContent content;
    content.media.resize(2);
    content.media[0].processed = true;
    world.http.answer(422, json_type, R"({"error":"Dateien werden noch verarbeitet"})");
    BOOST_TEST(world.publish(content).verdict == Verdict::not_ready);
    content.media[1].processed = true;
    world.http.answer(422, json_type, R"({"error":"Dateien werden noch verarbeitet"})");
    BOOST_TEST(world.publish(content).verdict == Verdict::refused);
}

BOOST_AUTO_TEST_CASE(no_answer_is_told_by_how_far_the_request_came) {
    World world;
    world.http.fail(Cause::network, false, "m.example: connection refused");
    const Reply not_sent = world.publish();
    BOOST_TEST(not_sent.verdict == Verdict::not_sent);
    BOOST_TEST(not_sent.text == "m.example: connection refused");
    BOOST_TEST(not_sent.hint == "a hint");
    world.http.fail(Cause::network, true, "m.example: no answer within 60 s");
    BOOST_TEST(world.publish().verdict == Verdict::unknown);
    BOOST_TEST(world.http.seen.size() == 2U); // and nothing is repeated inside
}

/// lib/pleroma/web/plugs: "Invalid credentials." is a dead token's, "Insufficient permissions: ..." one's
/// that lacks a scope; both are 403.
BOOST_AUTO_TEST_CASE(a_dead_token_of_pleromas_family_is_told_from_one_that_lacks_a_scope) {
    const auto verdict = [](const char* software, int status, const char* words) {
        World world;
        ServerProfile profile;
        profile.software = software;
        world.publisher->know(profile);
        world.http.answer(status, json_type, std::string{R"({"error":")"} + words + "\"}");
        return crier::test::run(world.context, world.publisher->probe()).verdict;
    };
    for (const char* software : {"pleroma", "akkoma"}) {
        BOOST_TEST(verdict(software, 403, "Invalid credentials.") == Verdict::unauthorized);
        BOOST_TEST(verdict(software, 400, "Bad Request") == Verdict::unauthorized);
        BOOST_TEST(verdict(software, 403, "Insufficient permissions: read.") == Verdict::alive);
    }
    BOOST_TEST(verdict("mastodon", 403, "Invalid credentials.") == Verdict::alive);
    BOOST_TEST(verdict("mastodon", 400, "Bad Request") == Verdict::unknown);
}

BOOST_AUTO_TEST_CASE(deadlines_come_from_the_settings) {
    World world;
    world.account.delivery.timeout = 7s;
    world.http.answer(200, json_type, "{}");
    (void)world.publish();
    BOOST_TEST((world.http.seen[0].timeout == 7s));
    BOOST_TEST((world.http.seen[0].connect_timeout == 7s));
}

BOOST_AUTO_TEST_CASE(an_upload_has_longer_the_larger_its_file_is) {
    World world;
    const auto waits = [&](std::uintmax_t size) {
        const File file{size};
        world.http.answer(200, json_type, attachment);
        BOOST_TEST(world.upload(file.media()).verdict == Verdict::media_ready);
        return world.http.seen.back().timeout;
    };
    BOOST_TEST((waits(1000) == 60s));
    BOOST_TEST((waits(16U << 20U) == 60s + 256s));
    BOOST_TEST((waits(std::uintmax_t{1} << 40U) == 1h)); // a sparse file
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_no_upload) {
    World world;
    Media media;
    media.file = "/nowhere/at/all.png";
    const Reply reply = world.upload(media);
    BOOST_TEST(reply.verdict == Verdict::media_failed);
    BOOST_TEST(reply.text == "cannot read /nowhere/at/all.png: No such file or directory");
    BOOST_TEST(reply.hint.find("crier outbox retry") != std::string::npos);
    BOOST_TEST(world.http.seen.empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_readable_file_fails_by_itself_and_does_not_stop_the_account) {
    World world;
    const crier::test::TemporaryDirectory directory;
    std::vector<std::pair<std::string, std::string>> cases{
        {directory.path(), "it is no regular file"},
        {directory / "pipe", "it is no regular file"},
    };
    BOOST_REQUIRE(::mkfifo((directory / "pipe").c_str(), 0644) == 0);
    cases.emplace_back(directory.file("closed.png", "x", 0), "Permission denied");
    std::filesystem::permissions(directory.path(), std::filesystem::perms{0755});
    const bool root = ::geteuid() == 0; // who may read all
    if (root)
        BOOST_REQUIRE(::seteuid(65534) == 0);
    for (const auto& [file, why] : cases) {
        Media media;
        media.file = file;
        const Reply reply = world.upload(media);
        BOOST_TEST(reply.verdict == Verdict::media_failed);
        BOOST_TEST(reply.text == "cannot read " + file + ": " + why);
        BOOST_TEST(reply.hint.find("readable for crier") != std::string::npos);
    }
    if (root)
        BOOST_REQUIRE(::seteuid(0) == 0);
    BOOST_TEST(world.http.seen.empty());
}

BOOST_AUTO_TEST_CASE(uploads_fall_back_to_v1_and_remember_it) {
    World world;
    const File file{10};
    world.http.answer(404, html_type, "<title>Not Found</title>");
    world.http.answer(200, json_type, queued_reply);
    world.http.answer(200, json_type, attachment);
    const Reply first = world.upload(file.media());
    BOOST_TEST(first.verdict == Verdict::media_ready); // v1 answers when all is done
    BOOST_TEST(first.media_id == "7");
    BOOST_TEST(world.upload(file.media()).verdict == Verdict::media_ready);
    const Lines expected{"POST https://m.example/api/v2/media", "POST https://m.example/api/v1/media",
                         "POST https://m.example/api/v1/media"};
    BOOST_TEST(world.lines() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_404_of_both_is_not_remembered) {
    World world;
    const File file{10};
    for (int i = 0; i < 2; ++i)
        world.http.answer(404, html_type, "<title>Down</title>");
    const Reply reply = world.upload(file.media());
    BOOST_TEST(reply.verdict == Verdict::unknown); // a proxy's page: tried again, later
    BOOST_TEST(reply.text == "Down");
    world.http.answer(200, json_type, attachment);
    BOOST_TEST(world.upload(file.media()).verdict == Verdict::media_ready);
    BOOST_TEST(world.http.seen.back().line == "POST https://m.example/api/v2/media");
}

BOOST_AUTO_TEST_CASE(an_api_that_takes_no_media_says_so_itself) {
    World world;
    const File file{10};
    for (const int status : {404, 405}) {
        world.http.answer(404, html_type, "");
        world.http.answer(status, json_type, R"({"error":"Not Found"})");
        BOOST_TEST(world.upload(file.media()).verdict == Verdict::not_found);
    }
    world.http.answer(405, html_type, "");
    world.http.answer(405, html_type, "");
    BOOST_TEST(world.upload(file.media()).verdict == Verdict::unknown);
}

BOOST_AUTO_TEST_CASE(an_upload_that_is_refused_is_not_sent_to_v1) {
    World world;
    const File file{10};
    world.http.answer(422, json_type, R"({"error":"File content type is invalid"})");
    BOOST_TEST(world.upload(file.media()).verdict == Verdict::media_failed);
    BOOST_TEST(world.http.seen.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_look_at_an_upload_and_a_probe) {
    World world;
    world.http.answer(206, json_type, queued_reply);
    BOOST_TEST(crier::test::run(world.context, world.publisher->media_state("7")).verdict ==
               Verdict::media_pending);
    world.http.answer(200, json_type, "{}");
    BOOST_TEST(crier::test::run(world.context, world.publisher->probe()).verdict == Verdict::alive);
    const Lines expected{"GET https://m.example/api/v1/media/7",
                         "GET https://m.example/api/v1/apps/verify_credentials"};
    BOOST_TEST(world.lines() == expected, boost::test_tools::per_element());
    for (const auto& seen : world.http.seen)
        BOOST_TEST(seen.bearer == world.token.value);
}

BOOST_AUTO_TEST_CASE(the_profile_is_read_without_the_token) {
    World world;
    world.http.answer(200, json_type, instance_body);
    const auto profile = world.profile();
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->max_characters == 777U);
    BOOST_TEST(world.http.seen[0].line == "GET https://m.example/api/v2/instance");
    BOOST_TEST(world.http.seen[0].bearer == "");
    BOOST_TEST(world.token.reads == 0);
}

BOOST_AUTO_TEST_CASE(the_profile_falls_back_to_v1) {
    const char* const none[] = {"<title>404</title>", "{}", R"({"error":"Record not found"})"};
    for (const int status : {404, 200, 400}) {
        for (const char* body : none) {
            World world;
            world.http.answer(status, html_type, body);
            world.http.answer(200, json_type, instance_body);
            const auto profile = world.profile();
            BOOST_REQUIRE(profile);
            BOOST_TEST(profile->max_characters == 777U);
            BOOST_TEST(world.http.seen[1].line == "GET https://m.example/api/v1/instance");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_server_in_trouble_is_asked_later_and_not_elsewhere) {
    World world;
    world.http.answer(502, html_type, "<title>502</title>");
    const auto profile = world.profile();
    BOOST_REQUIRE(!profile);
    BOOST_TEST((profile.error().cause == Cause::temporary));
    BOOST_TEST(profile.error().message == "https://m.example/api/v2/instance answered 502");
    BOOST_TEST(world.http.seen.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_address_without_an_api_is_told) {
    World world;
    world.http.answer(404, html_type, "");
    world.http.answer(404, html_type, "");
    const auto profile = world.profile();
    BOOST_REQUIRE(!profile);
    BOOST_TEST((profile.error().cause == Cause::not_found));
    BOOST_TEST(profile.error().message ==
               "https://m.example/api/v1/instance answered 404 and no instance document");
    BOOST_TEST(profile.error().hint == "is https://m.example a server that speaks the Mastodon API?");
}

BOOST_AUTO_TEST_CASE(a_redirect_of_the_profile_is_told_with_its_host) {
    World world;
    world.http.answer(301, "Location: https://www.m.example/api/v2/instance", "");
    const auto profile = world.profile();
    BOOST_REQUIRE(!profile);
    BOOST_TEST(profile.error().message ==
               "https://m.example/api/v2/instance answered 301, a redirect to https://www.m.example");
    BOOST_TEST(profile.error().hint.find("`server:`") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_server_of_limited_federation_shows_its_profile_to_its_own) {
    World world;
    world.http.answer(401, json_type, R"({"error":"This method requires an authenticated user"})");
    world.http.answer(200, json_type, instance_body);
    const auto profile = world.profile();
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->max_characters == 777U);
    BOOST_TEST(world.http.seen[1].line == "GET https://m.example/api/v2/instance");
    BOOST_TEST(world.http.seen[1].bearer == world.token.value);
}

BOOST_AUTO_TEST_CASE(a_profile_that_nobody_may_see_is_a_failure_of_the_token) {
    World world;
    world.token.value.clear();
    world.http.answer(403, html_type, "");
    const auto profile = world.profile();
    BOOST_REQUIRE(!profile);
    BOOST_TEST((profile.error().cause == Cause::token));
    BOOST_TEST(world.http.seen.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_network_failure_of_the_profile_is_passed_on) {
    World world;
    world.http.fail(Cause::network, false, "m.example: no such host");
    const auto profile = world.profile();
    BOOST_REQUIRE(!profile);
    BOOST_TEST(profile.error().message == "m.example: no such host");
    BOOST_TEST(world.http.seen.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
