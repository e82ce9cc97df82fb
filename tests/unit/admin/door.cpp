#include "admin/door.hpp"

#include "admin/events.hpp"
#include "admin/socket_door.hpp"
#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

const std::string right_token = "0123456789abcdef";

/// A token's file that somebody may replace while crier runs.
class DoorToken final : public TokenSource {
public:
    explicit DoorToken(const std::string& text)
        : text_(text) {}
    Result<Secret> read() override {
        if (text_.empty())
            return Failure{Cause::token, "secrets/admin.token: no such file", "put it there"};
        return Secret{text_};
    }

private:
    const std::string& text_;
};

/// The interface with its door on TCP before it.
struct Hall : Desk {
    Hall() {
        start();
        web.listen = {"127.0.0.1", 8420};
        web.origin = "https://bot.example.org";
        events.emplace(time, "1.2");
        api.emplace(*engine, time, true, &*events);
        door.emplace(web, admin::DoorPorts{*api, time, random, log, std::make_unique<DoorToken>(door_token)});
    }
    using Fields = std::vector<std::pair<std::string, std::string>>;

    static LocalRequest request(std::string method, std::string path, Fields headers = {},
                                std::string body = {}) {
        LocalRequest made;
        made.method = std::move(method);
        made.path = std::move(path);
        made.headers = std::move(headers);
        if (made.header("host").empty())
            made.headers.emplace_back("host", "127.0.0.1:8420");
        if (!body.empty())
            made.headers.emplace_back("content-length", std::to_string(body.size()));
        made.body = std::move(body);
        return made;
    }
    /// As the server does it.
    LocalResponse enter(LocalRequest asked) {
        if (auto refused = door->check_head(asked))
            return std::move(*refused);
        std::optional<LocalResponse> answer;
        boost::asio::co_spawn(context, door->handle(std::move(asked)),
                              [&](std::exception_ptr error, LocalResponse response) {
                                  BOOST_REQUIRE(!error);
                                  answer = std::move(response);
                              });
        run_until_there(answer);
        return std::move(*answer);
    }
    /// What needs no time takes none: a step would go on to whatever the engine waits for.
    template <class Value>
    void run_until_there(const std::optional<Value>& value) {
        context.restart();
        while (!value && context.poll_one() > 0) {
        }
        time.run_while([&] { return !value; });
    }
    int status(std::string method, std::string path, Fields headers = {}, std::string body = {}) {
        return enter(request(std::move(method), std::move(path), std::move(headers), std::move(body))).status;
    }
    static std::string header_of(const LocalResponse& response, std::string_view name) {
        for (const auto& [known, value] : response.headers)
            if (known == name)
                return value;
        return {};
    }
    static boost::json::object json_of(const LocalResponse& response) {
        return boost::json::parse(response.body).as_object();
    }
    LocalResponse sign_in(const std::string& token, Fields headers = {}) {
        return enter(request("POST", "/v1/session", std::move(headers), R"({"token":")" + token + "\"}"));
    }
    /// Cookie and CSRF secret of one who has signed in.
    std::pair<std::string, std::string> signed_in() {
        const LocalResponse in = sign_in(right_token);
        BOOST_REQUIRE_EQUAL(in.status, 200);
        const std::string set = header_of(in, "Set-Cookie");
        return {set.substr(0, set.find(';')), std::string{json_of(in).at("csrf").as_string()}};
    }
    std::optional<std::string> next_of(LocalStream& stream) {
        std::optional<std::optional<std::string>> piece;
        boost::asio::co_spawn(context, stream.next(), [&](std::exception_ptr, std::optional<std::string> p) {
            piece = std::move(p);
        });
        run_until_there(piece);
        return *piece;
    }

    AdminWeb web;
    std::string door_token = right_token;
    std::optional<admin::Events> events;
    std::optional<admin::Api> api;
    std::optional<admin::Door> door;
};

const Hall::Fields bears{{"authorization", "Bearer " + right_token}};

} // namespace

BOOST_AUTO_TEST_SUITE(admin_door)

BOOST_AUTO_TEST_CASE(a_foreign_host_is_turned_away_whatever_else_it_brings) {
    Hall hall;
    for (const std::string host : {"evil.example", "evil.example:8420", "127.0.0.1", "127.0.0.1:8421",
                                   "localhost", "127.0.0.1:8420.evil.example", "bot.example.org:8420"}) {
        BOOST_TEST_CONTEXT(host) {
            BOOST_TEST(hall.status("GET", "/v1/status", {{"host", host}, bears[0]}) == 421);
            BOOST_TEST(hall.status("GET", "/", {{"host", host}}) == 421);
            BOOST_TEST(hall.status("GET", "/healthz", {{"host", host}}) == 421);
        }
    }
    for (const std::string host : {"127.0.0.1:8420", "localhost:8420", "LOCALHOST:8420", "bot.example.org"})
        BOOST_TEST(hall.status("GET", "/v1/status", {{"host", host}, bears[0]}) == 200, host);
    LocalRequest none;
    none.method = "GET";
    none.path = "/";
    BOOST_TEST(hall.enter(none).status == 421);
    none.headers = {{"host", "127.0.0.1:8420"}, {"host", "evil.example"}};
    BOOST_TEST(hall.enter(none).status == 421);
}

BOOST_AUTO_TEST_CASE(who_is_not_signed_in_sees_the_page_and_that_it_lives_and_no_more) {
    Hall hall;
    for (const std::string path : {"/", "/v1/session", "/healthz"})
        BOOST_TEST(hall.status("GET", path) == 200, path);
    for (const admin::Api::Route& route : admin::Api::routes()) {
        if (route.is(admin::Api::Route::open))
            continue;
        std::string path{route.path};
        if (const auto at = path.find("{id}"); at != std::string::npos)
            path.replace(at, 4, "1");
        const LocalResponse no = hall.enter(Hall::request(std::string{route.method}, path, {}, "{}"));
        BOOST_TEST_CONTEXT(path) {
            BOOST_TEST(no.status == 401);
            BOOST_TEST(fields_of(Hall::json_of(no)) == "error hint exit");
            BOOST_TEST(Hall::header_of(no, "WWW-Authenticate") == "Bearer");
        }
    }
    // What there is shows nobody, either.
    BOOST_TEST(hall.status("GET", "/v1/nothing") == 401);
    BOOST_TEST(hall.status("DELETE", "/") == 401);
    BOOST_TEST(hall.status("GET", "/v1/nothing", bears) == 404);
}

BOOST_AUTO_TEST_CASE(a_script_shows_the_token) {
    Hall hall;
    BOOST_TEST(hall.status("GET", "/v1/status", bears) == 200);
    BOOST_TEST(hall.status("POST", "/v1/posts", bears, R"({"text":"hi","key":"k"})") == 200);
    BOOST_TEST(hall.status("HEAD", "/v1/status", {{"authorization", "bearer  " + right_token}}) == 200);
    for (const std::string& wrong :
         std::vector<std::string>{"Bearer 0123456789abcdeF", "Bearer " + right_token + "0", "Bearer 0123",
                                  "Basic " + right_token, right_token, std::string{"Bearer "}})
        BOOST_TEST(hall.status("GET", "/v1/status", {{"authorization", wrong}}) == 401, wrong);
    // What is no bearer's is another's: the password of a web server before us.
    BOOST_TEST(hall.log.count("admin.wrong_token") == 4U);
    for (const std::string& line : hall.log.lines)
        BOOST_TEST(line.find("0123") == std::string::npos, line);
}

BOOST_AUTO_TEST_CASE(a_browser_signs_in_and_shows_with_each_change_that_its_page_made_it) {
    Hall hall;
    LocalResponse before = hall.enter(Hall::request("GET", "/v1/session"));
    BOOST_TEST(before.body == R"({"signed_in":false,"token_needed":true})");
    const LocalResponse in = hall.sign_in(right_token);
    BOOST_TEST(in.status == 200);
    const std::string set = Hall::header_of(in, "Set-Cookie");
    BOOST_TEST(set.starts_with("crier_session_8420="), set);
    BOOST_TEST(set.ends_with("; HttpOnly; SameSite=Strict; Path=/"), set);
    const auto [cookie, csrf] = hall.signed_in();
    BOOST_TEST(cookie.size() == 64U + 19U);
    const std::pair<std::string, std::string> carried{"cookie", "theme=dark; " + cookie + "; other=1"};
    BOOST_TEST(hall.enter(Hall::request("GET", "/v1/session", {carried})).body ==
               R"({"signed_in":true,"csrf":")" + csrf + R"(","token_needed":true})");
    BOOST_TEST(hall.status("GET", "/v1/status", {carried}) == 200);

    const std::pair<std::string, std::string> proof{"x-crier-csrf", csrf};
    const std::pair<std::string, std::string> ours{"origin", "http://127.0.0.1:8420"};
    const auto posts = [&](Hall::Fields headers) {
        return hall.status("POST", "/v1/pause", std::move(headers), "{}");
    };
    BOOST_TEST(posts({carried, proof, ours}) == 200);
    BOOST_TEST(posts({carried, proof, {"origin", "http://localhost:8420"}}) == 200);
    BOOST_TEST(posts({carried, proof, {"origin", "https://bot.example.org"}}) == 200);
    BOOST_TEST(posts({carried, proof, {"sec-fetch-site", "same-origin"}}) == 200);
    BOOST_TEST(posts({carried, proof}) == 403);
    BOOST_TEST(posts({carried, ours}) == 403);
    BOOST_TEST(posts({carried, ours, {"x-crier-csrf", csrf.substr(1) + "0"}}) == 403);
    BOOST_TEST(posts({carried, proof, {"origin", "http://evil.example"}}) == 403);
    BOOST_TEST(posts({carried, proof, {"origin", "http://127.0.0.1:8421"}}) == 403);
    BOOST_TEST(posts({carried, proof, {"origin", "null"}}) == 403);
    BOOST_TEST(posts({carried, proof, ours, {"origin", "http://evil.example"}}) == 403);
    BOOST_TEST(posts({carried, proof, ours, {"sec-fetch-site", "cross-site"}}) == 403);
    BOOST_TEST(posts({carried, proof, ours, {"sec-fetch-site", "Cross-Site"}}) == 403);
    BOOST_TEST(posts({carried, proof, ours, {"sec-fetch-site", "none"}, {"sec-fetch-site", "same-site"}}) ==
               403);
    BOOST_TEST(posts({proof, ours}) == 401);
    BOOST_TEST(posts({{"cookie", "crier_session_8420=0"}, proof, ours}) == 401);
    BOOST_TEST(posts({{"cookie", "crier_session=" + cookie.substr(19)}, proof, ours}) == 401);

    BOOST_TEST(hall.status("POST", "/v1/session/end", {carried, ours}) == 403);
    const LocalResponse out = hall.enter(Hall::request("POST", "/v1/session/end", {carried, proof, ours}));
    BOOST_TEST(out.status == 200);
    BOOST_TEST(Hall::header_of(out, "Set-Cookie").find("Max-Age=0") != std::string::npos);
    BOOST_TEST(hall.status("GET", "/v1/status", {carried}) == 401);
}

BOOST_AUTO_TEST_CASE(a_web_servers_password_is_no_token) {
    Hall hall;
    const std::pair<std::string, std::string> password{"authorization", "Basic Zm9vOmJhcg=="};
    const auto [cookie, csrf] = hall.signed_in();
    BOOST_TEST(hall.status("GET", "/v1/status", {password, {"cookie", cookie}}) == 200);
    LocalResponse listening = hall.enter(Hall::request("GET", "/v1/events", {password, {"cookie", cookie}}));
    BOOST_TEST(listening.status == 200);
    BOOST_TEST(hall.log.count("admin.wrong_token") == 0U);
}

BOOST_AUTO_TEST_CASE(who_has_shown_nothing_yet_gives_little_to_read) {
    Hall hall;
    BOOST_TEST(hall.sign_in(std::string(5000, 'x')).status == 413);
    LocalRequest chunked = Hall::request("POST", "/v1/session", {{"transfer-encoding", "chunked"}});
    BOOST_TEST(hall.door->check_head(chunked)->status == 413);
}

BOOST_AUTO_TEST_CASE(through_tls_the_cookie_stays_in_it) {
    Hall hall;
    const auto secure = [&](Hall::Fields headers) {
        return Hall::header_of(hall.sign_in(right_token, std::move(headers)), "Set-Cookie")
            .ends_with("; Secure");
    };
    BOOST_TEST(secure({{"origin", "https://bot.example.org"}}));
    BOOST_TEST(secure({{"host", "bot.example.org"}}));
    BOOST_TEST(!secure({{"origin", "http://127.0.0.1:8420"}}));
}

BOOST_AUTO_TEST_CASE(another_site_may_link_to_the_page_and_do_no_more) {
    Hall hall;
    const Hall::Fields visit{{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}};
    const Hall::Fields fetched{{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "no-cors"}};
    BOOST_TEST(hall.status("GET", "/", visit) == 200);
    BOOST_TEST(hall.status("GET", "/", fetched) == 403);
    BOOST_TEST(hall.status("GET", "/v1/session", visit) == 403);
    BOOST_TEST(hall.status("GET", "/", {{"sec-fetch-site", "same-site"}}) == 403);
    BOOST_TEST(hall.sign_in(right_token, visit).status == 403);
    BOOST_TEST(hall.sign_in(right_token, {{"origin", "https://evil.example"}}).status == 403);
}

BOOST_AUTO_TEST_CASE(guesses_are_slowed_and_those_inside_are_not_disturbed) {
    Hall hall;
    const auto [cookie, csrf] = hall.signed_in();
    for (std::size_t i = 0; i < admin::WrongTries::most; ++i) {
        BOOST_TEST(hall.sign_in("wrong").status == 401);
        hall.time.run_for(1s);
    }
    const LocalResponse slow = hall.sign_in(right_token);
    BOOST_TEST(slow.status == 429);
    BOOST_TEST(Hall::header_of(slow, "Retry-After") == "50");
    BOOST_TEST(hall.status("GET", "/v1/status", bears) == 429);
    BOOST_TEST(hall.status("GET", "/v1/status", {{"cookie", cookie}}) == 200);
    BOOST_TEST(hall.log.count("admin.wrong_token") == admin::WrongTries::most);
    hall.time.run_for(50s);
    BOOST_TEST(hall.sign_in(right_token).status == 200);
}

BOOST_AUTO_TEST_CASE(another_token_ends_what_was_begun_with_the_former) {
    Hall hall;
    const auto [cookie, csrf] = hall.signed_in();
    hall.door_token = "fedcba9876543210";
    BOOST_TEST(hall.status("GET", "/v1/status", {{"cookie", cookie}}) == 401);
    BOOST_TEST(hall.status("GET", "/v1/status", bears) == 401);
    BOOST_TEST(hall.sign_in("fedcba9876543210").status == 200);
    // One that is gone, or could be guessed, lets nobody in, and says so.
    for (const std::string token : {"", "short"}) {
        hall.door_token = token;
        BOOST_TEST(hall.sign_in(token.empty() ? "x" : token).status == 503);
        BOOST_TEST(hall.status("GET", "/v1/status", {{"authorization", "Bearer " + token}}) == 503);
        BOOST_TEST(!hall.door->check_token());
    }
    hall.door_token = right_token;
    BOOST_TEST(hall.door->check_token().has_value());
}

BOOST_AUTO_TEST_CASE(what_a_session_listens_to_ends_with_it) {
    Hall hall;
    const auto [cookie, csrf] = hall.signed_in();
    LocalResponse listening = hall.enter(Hall::request("GET", "/v1/events", {{"cookie", cookie}}));
    BOOST_TEST(listening.status == 200);
    BOOST_TEST(listening.content_type == "text/event-stream");
    BOOST_REQUIRE(listening.stream);
    BOOST_TEST(hall.next_of(*listening.stream)->starts_with("event: hello\n"));
    hall.events->tell(admin::Change{admin::Change::What::account, "news"});
    BOOST_TEST(hall.next_of(*listening.stream).has_value());
    (void)hall.enter(Hall::request("POST", "/v1/session/end",
                                   {{"cookie", cookie}, {"x-crier-csrf", csrf}, {"sec-fetch-site", "none"}}));
    const Mono out = hall.time.mono();
    BOOST_TEST(!hall.next_of(*listening.stream));
    BOOST_TEST((hall.time.mono() == out)); // at once, not when the next word would be due
    // A script's goes on.
    LocalResponse of_script = hall.enter(Hall::request("GET", "/v1/events", bears));
    BOOST_TEST(hall.next_of(*of_script.stream).has_value());
    BOOST_TEST(hall.next_of(*of_script.stream).value() == "event: ping\ndata: {}\n\n");
}

BOOST_AUTO_TEST_CASE(sessions_end_when_nobody_uses_them_and_are_bounded) {
    Hall hall;
    admin::Sessions sessions{hall.random};
    const Digest token = digest_of("t");
    const Mono begin = hall.time.mono();
    const auto first = sessions.begin(token, begin);
    BOOST_TEST(first.key.size() == 64U);
    BOOST_TEST(first.csrf.size() == 32U);
    BOOST_TEST(sessions.find(first.key, token, begin)->csrf == first.csrf);
    BOOST_TEST(sessions.find(first.key, digest_of("other"), begin) == nullptr);
    BOOST_TEST(sessions.find("", token, begin) == nullptr);
    sessions.touch(first.key, begin + 11h);
    BOOST_TEST(sessions.find(first.key, token, begin + 22h) != nullptr);
    BOOST_TEST(sessions.find(first.key, token, begin + 23h) == nullptr);
    sessions.touch(first.key, begin + 23h); // it does not come back
    BOOST_TEST(sessions.find(first.key, token, begin + 23h) == nullptr);
    const auto oldest = sessions.begin(token, begin + 24h);
    const auto used = sessions.begin(token, begin + 24h);
    sessions.touch(used.key, begin + 25h);
    for (std::size_t i = 0; i < admin::Sessions::most - 1; ++i)
        (void)sessions.begin(token, begin + 24h + std::chrono::seconds{1 + static_cast<int>(i)});
    BOOST_TEST(sessions.size() == admin::Sessions::most);
    BOOST_TEST(sessions.find(oldest.key, token, begin + 25h) == nullptr);
    BOOST_TEST(sessions.find(used.key, token, begin + 25h) != nullptr);
}

BOOST_AUTO_TEST_CASE(the_socket_takes_no_browser) {
    const auto refused = [](Hall::Fields headers) {
        LocalRequest asked;
        asked.headers = std::move(headers);
        const auto no = admin::check_socket_head(asked);
        return no ? no->status : 0;
    };
    BOOST_TEST(refused({}) == 0);
    for (const std::string host : {"localhost", "crier", "127.0.0.1", "localhost:80", "[::1]:80"})
        BOOST_TEST(refused({{"host", host}}) == 0, host);
    for (const std::string host :
         {"evil.example", "evil.example:8420", "[2001:db8::1]", "127.evil.example:8420",
          "127.0.0.1.evil.example", "[::1].evil.example", "127.0.0.1.5"})
        BOOST_TEST(refused({{"host", host}}) == 421, host);
    BOOST_TEST(refused({{"host", "localhost"}, {"host", "evil.example"}}) == 421);
    BOOST_TEST(refused({{"host", "localhost:8420"}, {"origin", "http://localhost:8420"}}) == 403);
    BOOST_TEST(refused({{"host", "localhost"}, {"sec-fetch-site", "none"}}) == 403);
    BOOST_TEST(refused({{"host", "localhost"}, {"sec-fetch-mode", "no-cors"}}) == 403);
}

BOOST_AUTO_TEST_SUITE_END()
