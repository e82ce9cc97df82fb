// A token from its beginning to its end: the real `crier login` on the sandbox's page for consent, in both
// ways; checked, posted with, rotated under a daemon that posts, revoked.

#include "bot.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

using namespace crier::test;
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

const std::string quiet_bot = "schedule: []\n";

bool tells(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// One request, as a browser would make it; all that comes back.
std::string browse(const std::string& method, const std::string& url, const std::string& form = {}) {
    const auto host = url.find("://") + 3;
    const auto path = url.find('/', host);
    const std::string authority = url.substr(host, path - host);
    const std::string request =
        method + " " + url.substr(path) + " HTTP/1.1\r\nHost: " + authority +
        "\r\nUser-Agent: test\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
        "Content-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form;
    asio::io_context context;
    asio::ip::tcp::resolver resolver{context};
    asio::ip::tcp::socket socket{context};
    const auto colon = authority.find(':');
    asio::connect(socket, resolver.resolve(authority.substr(0, colon), authority.substr(colon + 1)));
    asio::write(socket, asio::buffer(request));
    std::string answer;
    boost::system::error_code error;
    asio::read(socket, asio::dynamic_buffer(answer), error);
    return answer;
}

std::string between(const std::string& text, const std::string& before, const std::string& behind) {
    const auto at = text.find(before);
    if (at == std::string::npos)
        return {};
    const auto from = at + before.size();
    return text.substr(from, text.find(behind, from) - from);
}

unsigned mode_of(const std::string& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? info.st_mode & 0777U : 0U;
}

/// `crier login`, at which a person sits.
class LoginRun {
public:
    /// `output`: where standard output leads, for a shell, or what goes on behind a ";"; empty: into a file.
    LoginRun(const TempDir& directory, const Sandbox& sandbox, const std::string& arguments,
             const std::string& config, const std::string& output = {})
        : directory_(directory)
        , number_(++runs)
        , input_(file("in")) {
        (void)::mkfifo(input_.c_str(), 0600);
        Process::Environment environment;
        if (!config.empty())
            environment["CRIER_CONFIG"] = config;
        const std::string start = output.starts_with(";") ? " && { " : " && { exec ";
        const std::string line = "cd " + directory.path() + start + CRIER + " login " + sandbox.url() + " " +
                                 arguments + " < " + input_ + " 2> " + file("err") + " " +
                                 (output.empty() ? "> " + file("out") : output) + "; }";
        process_ = std::make_unique<Process>(std::vector<std::string>{"/bin/sh", "-c", line}, environment,
                                             file("shell"));
        write_end_ = ::open(input_.c_str(), O_WRONLY | O_CLOEXEC); // waits for the shell
    }
    ~LoginRun() {
        if (write_end_ >= 0)
            ::close(write_end_);
    }
    LoginRun(const LoginRun&) = delete;
    LoginRun& operator=(const LoginRun&) = delete;

    /// The address that a person is to open.
    std::string address() {
        BOOST_REQUIRE(eventually([&] { return tells(err(), "code_challenge_method=S256\n"); }));
        return "http://" + between(err(), "\n\n  http://", "\n");
    }
    /// The consent of the page; what it answers.
    std::string allow() {
        const std::string asked = address();
        const auto query = asked.find('?');
        BOOST_TEST(tells(browse("GET", asked), "asks for:"));
        return browse("POST", asked.substr(0, query), asked.substr(query + 1));
    }
    void type(const std::string& line) {
        const std::string bytes = line + "\n";
        BOOST_REQUIRE(::write(write_end_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    /// The whole of it, out of band.
    int with_code() {
        type(between(allow(), "<code>", "</code>"));
        return process_->wait();
    }
    /// The whole of it, by the browser.
    int with_browser() {
        const std::string back = between(allow(), "Location: ", "\r\n");
        BOOST_TEST(tells(browse("GET", back), "You can close this page"));
        return process_->wait();
    }
    int wait() { return process_->wait(); }
    [[nodiscard]] std::string out() const { return read_file(file("out")); }
    [[nodiscard]] std::string err() const { return read_file(file("err")); }

private:
    [[nodiscard]] std::string file(const std::string& name) const {
        return directory_.file("login-" + std::to_string(number_) + "." + name);
    }
    static int runs;
    const TempDir& directory_;
    int number_;
    std::string input_;
    std::unique_ptr<Process> process_;
    int write_end_ = -1;
};
int LoginRun::runs = 0;

std::string token_in(const Bot& bot) {
    std::string token = read_file(bot.token_file());
    token.erase(std::remove(token.begin(), token.end(), '\n'), token.end());
    return token;
}

json::object check_of(Bot& bot, int code) {
    const Finished checked = bot.crier({"token", "check", "news", "--json"});
    BOOST_TEST(checked.code == code, checked.err);
    return json::parse(checked.out).as_object();
}

json::object account_of(Bot& bot) {
    const Finished status = bot.crier({"status", "--json"});
    return json::parse(status.out).at("accounts").as_array().at(0).as_object();
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_tokens)

BOOST_AUTO_TEST_CASE(a_login_by_code_gives_a_token_that_posts_until_it_is_revoked) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, quiet_bot};
    (void)::unlink(bot.token_file().c_str());
    {
        LoginRun login{directory, sandbox, "--code-from-stdin", bot.config()};
        BOOST_TEST(login.with_code() == 0, login.err());
        BOOST_TEST(tells(login.err(), "crier asks " + sandbox.url() + " for: write:statuses\n"));
        BOOST_TEST(tells(login.err(), "logged in as @bot"));
        const std::string record = read_file(bot.token_file() + ".app");
        for (const std::string& secret : {token_in(bot), between(record, "\"client_secret\":\"", "\"")}) {
            BOOST_REQUIRE(secret.size() > 20U);
            BOOST_TEST(!tells(login.out() + login.err(), secret));
        }
    }
    BOOST_TEST(mode_of(bot.token_file()) == 0600U);
    BOOST_TEST(mode_of(bot.token_file() + ".app") == 0600U);
    const auto registered = sandbox.requests("POST /api/v1/apps");
    BOOST_REQUIRE(registered.size() == 1U); // it needs no more than to post
    BOOST_TEST(tells(std::string{registered[0].at("body").as_string()}, "scopes=write%3Astatuses&"));

    const json::object good = check_of(bot, 0);
    BOOST_TEST(good.at("state").as_string() == "accepted");
    BOOST_TEST(good.at("scopes_of").as_string() == "token");
    BOOST_TEST((good.at("scopes") == json::array{"write:statuses"}));
    BOOST_TEST((good.at("needed") == json::array{"write:statuses"}));
    BOOST_TEST(good.at("application").as_string() == "crier");
    BOOST_TEST(good.at("created").is_string());
    BOOST_TEST(good.at("owner").is_null()); // it may not ask
    BOOST_TEST(good.at("handle").as_string() == "bot");
    const Finished told = bot.crier({"token", "check"});
    BOOST_TEST(tells(told.out, "write:statuses (the token's own)"));
    BOOST_TEST(tells(told.out, "does not tell it to this token"));
    BOOST_TEST(tells(told.out, "says @bot"));

    bot.start();
    BOOST_TEST(bot.crier({"post", "with the new token", "--wait"}).code == 0);
    BOOST_TEST(account_of(bot).at("token").as_string() == "ok");

    BOOST_TEST(bot.crier({"token", "revoke", "news"}).code == 2); // nobody was asked
    const Finished revoked = bot.crier({"token", "revoke", "news", "--yes"});
    BOOST_TEST(revoked.code == 0, revoked.err);
    BOOST_TEST(tells(revoked.out, "the server refuses it now"));
    BOOST_TEST(tells(revoked.out, "news stops posting"));
    const json::object dead = check_of(bot, 4);
    BOOST_TEST(dead.at("state").as_string() == "refused");

    // What comes now waits for the next one, which the daemon finds by itself.
    BOOST_TEST(bot.crier({"post", "in between"}).code == 0);
    BOOST_TEST(eventually([&] { return account_of(bot).at("state").as_string() == "held"; }));
    LoginRun again{directory, sandbox, "--code-from-stdin", bot.config()};
    BOOST_TEST(again.with_code() == 0, again.err());
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 2; }));
    BOOST_TEST((sandbox.timeline() == std::vector<std::string>{"with the new token", "in between"}));
}

BOOST_AUTO_TEST_CASE(a_login_by_the_browser_of_this_machine_takes_one_good_answer) {
    const TempDir directory;
    Sandbox sandbox{directory};
    LoginRun login{directory, sandbox, "--browser --out new.token --scopes 'write:statuses profile'", {}};
    const std::string back = between(login.allow(), "Location: ", "\r\n");
    BOOST_REQUIRE(back.starts_with("http://127.0.0.1:"));
    const std::string page = back.substr(0, back.find('?'));
    // A stranger who knows the port, and a browser that wants more.
    BOOST_TEST(tells(browse("GET", page + "?code=evil&state=guessed"), "400 "));
    BOOST_TEST(tells(browse("GET", page + "?code=evil"), "400 "));
    BOOST_TEST(tells(browse("GET", page + "/favicon.ico"), "404 "));
    BOOST_TEST(tells(browse("POST", back), "404 "));
    const std::string answer = browse("GET", back);
    BOOST_TEST(tells(answer, "You can close this page"));
    BOOST_TEST(tells(answer, "Referrer-Policy: no-referrer"));
    BOOST_TEST(login.wait() == 0, login.err());
    BOOST_TEST(mode_of(directory.file("new.token")) == 0600U);
    const std::string record = read_file(directory.file("new.token.app"));
    BOOST_TEST(tells(record, "\"account\":\"bot\""));
    BOOST_TEST(tells(record, "\"scopes\":[\"write:statuses\",\"profile\"]"));
    BOOST_TEST(tells(login.out(), "token: {file: " + directory.file("new.token") + "}"));
}

BOOST_AUTO_TEST_CASE(what_is_not_allowed_writes_nothing) {
    const TempDir directory;
    Sandbox sandbox{directory};
    {
        LoginRun denied{directory, sandbox, "--browser --out new.token", {}};
        const std::string asked = denied.address();
        const std::string page = "http://127.0.0.1:" + between(asked, "127.0.0.1%3A", "%2F") + "/crier";
        BOOST_TEST(tells(browse("GET", page + "?error=access_denied&state=" + between(asked, "&state=", "&")),
                         "has not been allowed"));
        BOOST_TEST(denied.wait() == 4);
        BOOST_TEST(tells(denied.err(), "access_denied"));
    }
    {
        LoginRun wrong{directory, sandbox, "--code-from-stdin --out new.token", {}};
        (void)wrong.address();
        wrong.type("n0t-the-c0de");
        BOOST_TEST(wrong.wait() == 4);
        BOOST_TEST(tells(wrong.err(), "invalid_grant"));
        BOOST_TEST(tells(wrong.err(), "a code is good once"));
        BOOST_TEST(!tells(wrong.err(), "n0t-the-c0de"));
    }
    {
        LoginRun late{directory, sandbox, "--browser --out new.token --wait 1s", {}};
        BOOST_TEST(late.wait() == 75);
    }
    BOOST_TEST(::access(directory.file("new.token").c_str(), F_OK) != 0);
    BOOST_TEST(::access(directory.file("new.token.app").c_str(), F_OK) != 0);
}

BOOST_AUTO_TEST_CASE(a_token_that_is_printed_stands_alone_on_standard_output) {
    const TempDir directory;
    Sandbox sandbox{directory};
    LoginRun login{directory, sandbox, "--print --code-from-stdin", {}};
    BOOST_TEST(login.with_code() == 0, login.err());
    const std::string out = login.out();
    BOOST_TEST(out.size() == 44U);
    BOOST_TEST(out.find_first_of(" \n") == 43U);
    BOOST_TEST(!tells(login.err(), out.substr(0, 43)));
}

BOOST_AUTO_TEST_CASE(a_token_that_nobody_takes_is_revoked_again) {
    const TempDir directory;
    Sandbox sandbox{directory};
    std::size_t revoked = 0;
    const std::string full = "> /dev/full";
    const std::string gone = "; echo code $? > gone.code; } | { true"; // the reader
    for (const std::string& output : {full, gone}) {
        LoginRun login{directory, sandbox, "--print --code-from-stdin", {}, output};
        const int code = login.with_code();
        BOOST_TEST_CONTEXT(output << ": " << login.err()) {
            BOOST_TEST(code == (output == full ? 1 : 0)); // of a pipe, its last
            BOOST_TEST(tells(login.err(), "The token was revoked again"));
            BOOST_TEST(tells(login.err(), "standard output did not take the token"));
            BOOST_TEST(sandbox.requests("POST /oauth/revoke").size() == ++revoked);
        }
    }
    BOOST_TEST(read_file(directory.file("gone.code")) == "code 1\n");
}

BOOST_AUTO_TEST_CASE(a_token_that_leaked_is_ended_as_any_other) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, quiet_bot};
    const auto open = [&] {
        (void)::chmod(bot.token_file().c_str(), 0644);
        (void)::chmod((bot.token_file() + ".app").c_str(), 0644);
    };
    {
        LoginRun first{directory, sandbox, "--browser", bot.config()};
        BOOST_TEST(first.with_browser() == 0, first.err());
    }
    open();
    {
        LoginRun named{directory, sandbox, "--browser", bot.config()};
        BOOST_TEST(named.with_browser() == 0, named.err());
        BOOST_TEST(tells(named.out(), "held before still works, and others could read it"));
    }
    BOOST_TEST(mode_of(bot.token_file()) == 0600U);
    BOOST_TEST(mode_of(bot.token_file() + ".app") == 0600U);
    open();
    {
        LoginRun ended{directory, sandbox, "--browser --revoke-old", bot.config()};
        BOOST_TEST(ended.with_browser() == 0, ended.err());
        BOOST_TEST(tells(ended.out(), "The old token is revoked"));
    }
    open();
    BOOST_TEST(check_of(bot, 4).at("state").as_string() == "unusable");
    const Finished revoked = bot.crier({"token", "revoke", "news", "--yes"});
    BOOST_TEST(revoked.code == 0, revoked.err);
    BOOST_TEST(tells(revoked.out, "the server refuses it now"));
    BOOST_TEST(sandbox.requests("POST /oauth/revoke").size() == 2U);
    const auto app = bot.token_file() + ".app";
    (void)::chmod(bot.token_file().c_str(), 0600);
    (void)::chmod(app.c_str(), 0600);
    const Finished dead = bot.crier({"token", "check"});
    BOOST_TEST(dead.code == 4);
    BOOST_TEST(tells(dead.err, "it was revoked, or its application was deleted"));
    BOOST_TEST(!tells(dead.err + bot.crier({"check", "--online"}).err, "the usual mistake"));
}

BOOST_AUTO_TEST_CASE(root_keeps_the_token_of_a_service_in_the_services_folder) {
    if (::geteuid() != 0)
        return;
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, quiet_bot};
    (void)::unlink(bot.token_file().c_str());
    constexpr uid_t service = 65534;
    BOOST_REQUIRE(::chown(directory.path().c_str(), service, service) == 0);
    const auto owner = [&] {
        struct stat info {};
        return ::stat(bot.token_file().c_str(), &info) == 0 ? info.st_uid : 0U;
    };
    {
        LoginRun first{directory, sandbox, "--browser", bot.config()};
        BOOST_TEST(first.with_browser() == 0, first.err());
    }
    BOOST_TEST(owner() == service);
    BOOST_TEST(check_of(bot, 0).at("scopes_of").as_string() == "token");
    BOOST_TEST(bot.crier({"check", "--online"}).code == 0);
    {
        LoginRun next{directory, sandbox, "--browser --revoke-old", bot.config()};
        BOOST_TEST(next.with_browser() == 0, next.err());
        BOOST_TEST(tells(next.out(), "The old token is revoked"));
    }
    BOOST_TEST(owner() == service);
    // A third one's is not read, and neither it nor its record gets lost.
    const std::string before = read_file(bot.token_file()) + read_file(bot.token_file() + ".app");
    BOOST_REQUIRE(::chown(bot.token_file().c_str(), 12345, 12345) == 0);
    const std::size_t asked = sandbox.requests("POST /api/v1/apps").size();
    for (const char* arguments : {"--code-from-stdin", "--code-from-stdin --revoke-old"}) {
        LoginRun refused{directory, sandbox, arguments, bot.config()};
        BOOST_TEST(refused.wait() == 4);
        BOOST_TEST(tells(refused.err(), "belongs to another user (uid 12345)"));
    }
    BOOST_TEST(sandbox.requests("POST /api/v1/apps").size() == asked);
    BOOST_TEST((read_file(bot.token_file()) + read_file(bot.token_file() + ".app") == before));
    BOOST_REQUIRE(::chown(bot.token_file().c_str(), service, service) == 0);
    BOOST_TEST(bot.crier({"token", "revoke", "news", "--yes"}).code == 0);
}

BOOST_AUTO_TEST_CASE(a_login_that_has_no_place_for_its_token_asks_the_server_nothing) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Bot bot{directory, sandbox, quiet_bot};
    (void)::mkdir(directory.file("open").c_str(), 0700);
    (void)::chmod(directory.file("open").c_str(), 0777);
    const std::vector<std::pair<std::string, int>> table{
        {"", 2},                                       // no configuration, nowhere to put it
        {"--out missing/new.token", 1},                // no such folder
        {"--out .", 2},                                // a folder
        {"--out open/new.token", 4},                   // everybody may replace it
        {"--out new.token --scopes admin:read", 2},    // no bot's
        {"--out new.token --scopes 'Write;'", 2},      // no scope
        {"--out new.token --scopes 'w \xc2\x9b'", 2},  // less would be asked in silence
        {"--out new.token --wait 1x", 2},              // no time
        {"--out new.token --revoke-old", 2},           // there is none
        {"--out new.token --account news", 2},         // of which configuration?
        {"--out new.token --print", 2},                // both
        {"--print --no-browser >&-", 2},               // nowhere
        {"--out new.token --browser --no-browser", 2}, // both
    };
    for (const auto& [arguments, code] : table) {
        const Finished run =
            run_command({"/bin/sh", "-c",
                         "cd " + directory.path() +
                             " && mkdir -p elsewhere && cd elsewhere && ln -sfn ../open open; exec " +
                             std::string{CRIER} + " login " + sandbox.url() + " " + arguments},
                        {}, directory.path());
        BOOST_TEST(run.code == code, arguments << ": " << run.err);
        BOOST_TEST(!run.err.empty());
        // What a failed login leaves is not to replace a credential.
        BOOST_TEST((!arguments.empty() || tells(run.err, "set -o pipefail")), run.err);
    }
    BOOST_TEST(sandbox.requests("GET /.well-known").empty());
    BOOST_TEST(sandbox.requests("POST /api/v1/apps").empty());
}

BOOST_AUTO_TEST_CASE(a_token_is_rotated_under_a_daemon_that_posts_and_no_post_is_lost_or_doubled) {
    const TempDir directory;
    Sandbox sandbox{directory, {"--no-rate-limits"}};
    Bot bot{directory, sandbox, quiet_bot, "    limits: {min_gap: 100ms}\n"};
    {
        LoginRun first{directory, sandbox, "--browser", bot.config()};
        BOOST_TEST(first.with_browser() == 0, first.err());
        BOOST_TEST(tells(first.out(), "still works")); // the one that the file held
    }
    bot.start();
    constexpr int posts = 80;
    for (int i = 0; i < posts; ++i)
        BOOST_REQUIRE(bot.crier({"post", "post " + std::to_string(i)}).code == 0);
    std::vector<std::string> tokens{token_in(bot)};
    for (int round = 0; round < 3; ++round) {
        LoginRun next{directory, sandbox, "--browser --revoke-old", bot.config()};
        BOOST_TEST(next.with_browser() == 0, next.err());
        BOOST_TEST(tells(next.out(), "The old token is revoked"));
        tokens.push_back(token_in(bot));
    }
    // It was in the middle of them.
    BOOST_TEST(sandbox.statuses().size() < static_cast<std::size_t>(posts));
    BOOST_TEST(eventually([&] { return bot.count("published") == posts; }, std::chrono::seconds{60}));
    std::sort(tokens.begin(), tokens.end());
    BOOST_TEST((std::unique(tokens.begin(), tokens.end()) == tokens.end()));
    std::map<std::string, int> seen;
    for (const std::string& text : sandbox.timeline())
        ++seen[text];
    BOOST_TEST(seen.size() == static_cast<std::size_t>(posts));
    BOOST_TEST(std::all_of(seen.begin(), seen.end(), [](const auto& text) { return text.second == 1; }));
    BOOST_TEST(account_of(bot).at("token").as_string() == "ok");
}

BOOST_AUTO_TEST_CASE(a_token_that_may_administer_is_refused_unless_it_is_meant) {
    const TempDir directory;
    Sandbox sandbox{directory, {"--account", "bot:adm1n-token:write:statuses+admin:read"}};
    {
        Bot bot{directory, sandbox, quiet_bot};
        bot.set_token("adm1n-token");
        const json::object refused = check_of(bot, 4);
        BOOST_TEST((refused.at("admin") == json::array{"admin:read"}));
        BOOST_TEST(bot.crier({"check", "--online"}).code == 4);
        bot.start();
        BOOST_TEST(eventually([&] { return account_of(bot).at("state").as_string() == "held"; }));
        BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
        BOOST_TEST(tells(bot.crier({"status"}).out, "may administer the server"));
        BOOST_TEST(bot.running());
        BOOST_TEST(bot.stop() == 0);
        BOOST_TEST(sandbox.statuses().empty());
    }
    Bot meant{directory, sandbox, quiet_bot, "    allow_surplus_scopes: true\n"};
    meant.set_token("adm1n-token");
    BOOST_TEST(meant.crier({"token", "check"}).code == 0);
    BOOST_TEST(meant.crier({"check", "--online"}).code == 0);
    meant.start();
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1; }));
}

BOOST_AUTO_TEST_CASE(a_token_made_by_hand_is_checked_by_its_application_and_revoked_by_hand) {
    const TempDir directory;
    Sandbox sandbox{directory, {"--account", "bot:w1de-token:read+write"}};
    Bot bot{directory, sandbox, quiet_bot};
    bot.set_token("w1de-token");
    const json::object wide = check_of(bot, 0);
    BOOST_TEST(wide.at("scopes_of").as_string() == "application");
    BOOST_TEST((wide.at("surplus") == json::array{"read", "write"}));
    BOOST_TEST(wide.at("warnings").as_array().size() == 1U);
    BOOST_TEST(wide.at("created").is_null());
    BOOST_TEST(wide.at("owner").as_string() == "bot"); // it may ask
    const Finished revoke = bot.crier({"token", "revoke", "news", "--yes"});
    BOOST_TEST(revoke.code == 1);
    BOOST_TEST(tells(revoke.err, "Preferences > Development"));
    BOOST_TEST(check_of(bot, 0).at("state").as_string() == "accepted");
    // Of a server of before 4.3, which tells a token without `read` nothing but that it is alive.
    (void)sandbox.control("PUT", "/sandbox/settings", json::object{{"kind", "mastodon-4.2"}});
    bot.set_token("w1de-token");
    BOOST_TEST(check_of(bot, 0).at("state").as_string() == "accepted");
    (void)sandbox.control(
        "PUT", "/sandbox/tokens",
        json::object{{"account", "bot"}, {"token", "narr0w-token"}, {"scopes", "write:statuses"}});
    bot.set_token("narr0w-token");
    const json::object narrow = check_of(bot, 0);
    BOOST_TEST(narrow.at("state").as_string() == "accepted");
    BOOST_TEST(narrow.at("scopes").as_array().empty());
    bot.start();
    BOOST_TEST(bot.crier({"post", "hello", "--wait"}).code == 0);
}

BOOST_AUTO_TEST_CASE(the_second_token_is_judged_as_one_that_reads) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, quiet_bot, "    evidence: {token: {file: read.token}}\n"};
    const auto second = [&](const std::string& token, int code) {
        write_file(directory.file("read.token"), token + "\n");
        const json::object found = check_of(bot, code);
        const Finished online = bot.crier({"check", "--online"});
        BOOST_TEST(online.code == code, online.err);
        BOOST_TEST((code == 0 || tells(online.err, "accounts.news.evidence.token: the second token")));
        return found.at("evidence").as_object();
    };
    const auto known = [&](const std::string& token, const std::string& scopes) {
        (void)sandbox.control("PUT", "/sandbox/tokens",
                              json::object{{"account", "bot"}, {"token", token}, {"scopes", scopes}});
    };
    known("read1ng-token", "read");
    known("blind-token", "write:statuses");
    known("adm1n-token", "read admin:read");
    const json::object good = second("read1ng-token", 0);
    BOOST_TEST(good.at("state").as_string() == "accepted");
    BOOST_TEST((good.at("scopes") == json::array{"read"}));
    BOOST_TEST(tells(bot.crier({"token", "check"}).out, "second token accepted"));
    BOOST_TEST(check_of(bot, 0).at("warnings").as_array().empty());
    BOOST_TEST((second("adm1n-token", 4).at("admin") == json::array{"admin:read"}));
    BOOST_TEST(second("dead-token", 4).at("state").as_string() == "refused");
    BOOST_TEST(second("\"quoted-token\"", 4).at("state").as_string() == "unusable");
    BOOST_TEST(second("blind-token", 0).at("state").as_string() == "accepted");
    const std::string blind = bot.crier({"token", "check"}).err;
    BOOST_TEST(tells(blind, "the second token lacks read:accounts"));
    BOOST_TEST(tells(blind, "--out " + directory.file("read.token") + "` makes one that may read"));
    (void)::unlink(directory.file("read.token").c_str());
    BOOST_TEST(check_of(bot, 4).at("evidence").at("state").as_string() == "missing");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_token_is_said_with_what_to_do) {
    const TempDir directory;
    Sandbox sandbox{directory};
    {
        Bot bot{directory, sandbox, quiet_bot};
        for (const char* text : {"", "\"quoted\""}) {
            write_file(bot.token_file(), text);
            BOOST_TEST(check_of(bot, 4).at("state").as_string() == "unusable");
        }
        (void)::unlink(bot.token_file().c_str());
        BOOST_TEST(check_of(bot, 4).at("state").as_string() == "missing");
        (void)::mkdir(bot.token_file().c_str(), 0700);
        BOOST_TEST(check_of(bot, 4).at("state").as_string() == "unusable");
        (void)::rmdir(bot.token_file().c_str());
        bot.set_token(sandbox_token);
        sandbox.fault("GET /api/v1/apps/verify_credentials", "500", 1);
        const Finished down = bot.crier({"token", "check"});
        BOOST_TEST(down.code == 5);
        BOOST_TEST(tells(down.err, sandbox.url() + " answered 500"));
        BOOST_TEST(tells(down.err, "try again later"));
        // A port of this machine that another program has.
        const std::string taken = sandbox.url().substr(sandbox.url().rfind(':') + 1);
        const Finished busy =
            bot.crier({"login", sandbox.url(), "--out", directory.file("t"), "--browser", "--port", taken});
        BOOST_TEST(busy.code == 1);
        BOOST_TEST(tells(busy.err, "name another port with --port"));
    }
    {
        (void)sandbox.control("PUT", "/sandbox/tokens",
                              json::object{{"account", "bot"},
                                           {"token", "adm1n-token"},
                                           {"scopes", "write:statuses admin:read"}});
        Bot meant{directory, sandbox, quiet_bot, "    allow_surplus_scopes: true\n"};
        meant.set_token("adm1n-token");
        const Finished checked = meant.crier({"token", "check"});
        BOOST_TEST(tells(checked.err, "may administer the server"));
        BOOST_TEST(!tells(checked.err, "allow_surplus_scopes"));
    }
    Bot two{directory, sandbox, quiet_bot,
            "  art:\n    server: " + sandbox.url() + "\n    token: {file: art.token}\n"};
    const Finished which = two.crier({"token", "revoke", "--yes"});
    BOOST_TEST(which.code == 2);
    BOOST_TEST(tells(which.err, "crier token revoke art"));
}

BOOST_AUTO_TEST_SUITE_END()
