// A feed with a hub, as they meet the real daemon: it subscribes, is pushed, and leaves.

#include "bot.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <mutex>
#include <thread>

using namespace crier::test;
namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

std::string answer_of(const std::string& status, const std::string& type, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Published within this second.
std::string entry(const std::string& id) {
    const std::time_t when = std::time(nullptr) + 1;
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&when)); // NOLINT: one thread
    return "<entry><id>urn:" + id + "</id><title>" + id + "</title><updated>" + text.data() +
           "</updated></entry>";
}

/// A site with a feed (GET) and its hub (POST), from a thread of its own.
class Site {
public:
    Site()
        : thread_([this] { serve(); }) {}
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    ~Site() {
        over_ = true;
        boost::system::error_code error;
        tcp::socket last{context_};
        (void)last.connect(acceptor_.local_endpoint(), error);
        thread_.join();
    }

    [[nodiscard]] std::string address() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }
    [[nodiscard]] std::string feed(const std::string& entries) const {
        return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"hub\" href=\"" + address() +
               "/hub\"/><link rel=\"self\" href=\"" + address() + "/feed\"/>" + entries + "</feed>";
    }
    void shows(const std::string& entries) {
        const std::lock_guard lock{mutex_};
        document_ = feed(entries);
    }
    [[nodiscard]] std::size_t fetches() {
        const std::lock_guard lock{mutex_};
        return fetches_;
    }
    /// What the hub was asked, as forms.
    [[nodiscard]] std::vector<std::string> asked() {
        const std::lock_guard lock{mutex_};
        return asked_;
    }

private:
    void serve() {
        while (true) {
            tcp::socket socket{context_};
            boost::system::error_code error;
            acceptor_.accept(socket, error);
            if (over_ || error)
                return;
            std::string request;
            const std::size_t head =
                asio::read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", error);
            const std::string name = "Content-Length: ";
            if (const auto at = request.find(name); at != std::string::npos && at < head) {
                const std::size_t whole = head + std::stoul(request.substr(at + name.size()));
                if (whole > request.size())
                    (void)asio::read(socket, asio::dynamic_buffer(request),
                                     asio::transfer_exactly(whole - request.size()), error);
            }
            const std::lock_guard lock{mutex_};
            std::string answer;
            if (request.starts_with("POST /hub ")) {
                asked_.push_back(request.substr(head));
                answer = answer_of("202 Accepted", "text/plain", "");
            } else {
                ++fetches_;
                answer = answer_of("200 OK", "application/atom+xml", document_);
            }
            (void)asio::write(socket, asio::buffer(answer), error);
        }
    }

    asio::io_context context_;
    tcp::acceptor acceptor_{context_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    std::mutex mutex_; ///< of what follows
    std::string document_;
    std::size_t fetches_ = 0;
    std::vector<std::string> asked_;
    std::atomic<bool> over_ = false;
    std::thread thread_;
};

std::string field(const std::string& form, const std::string& name) {
    const auto at = form.find(name + "=");
    const std::string rest = at == std::string::npos ? std::string{} : form.substr(at + name.size() + 1);
    return rest.substr(0, rest.find('&'));
}

std::uint16_t unused_port() {
    asio::io_context context;
    const tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    return acceptor.local_endpoint().port();
}

std::string sha1_hmac(const std::string& key, const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    ::HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(), &size);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += digits[code.at(i) >> 4U];
        hex += digits[code.at(i) & 0xFU];
    }
    return hex;
}

/// What the daemon answers at its port for others.
class Hub {
public:
    explicit Hub(std::uint16_t port)
        : port_(port) {}

    [[nodiscard]] std::string send(const std::string& request) const {
        asio::io_context context;
        tcp::socket socket{context};
        boost::system::error_code error;
        socket.connect(tcp::endpoint{asio::ip::address_v4::loopback(), port_}, error);
        asio::write(socket, asio::buffer(request), error);
        std::string answer;
        asio::read(socket, asio::dynamic_buffer(answer), error);
        return answer;
    }
    /// Asks back about what it was asked.
    [[nodiscard]] std::string asks_back(const std::string& form) const {
        return send("GET " + path_of(form) + "?hub.mode=" + field(form, "hub.mode") +
                    "&hub.topic=" + field(form, "hub.topic") +
                    "&hub.challenge=c%20h&hub.lease_seconds=3600 HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    [[nodiscard]] std::string pushes(const std::string& form, const std::string& body,
                                     const std::string& key = {}) const {
        return send("POST " + path_of(form) +
                    " HTTP/1.1\r\nHost: x\r\nContent-Type: application/atom+xml\r\nX-Hub-Signature: sha1=" +
                    sha1_hmac(key.empty() ? field(form, "hub.secret") : key, body) +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    [[nodiscard]] static std::string path_of(const std::string& form) {
        const std::string callback = field(form, "hub.callback");
        return "/websub/" + callback.substr(callback.size() - 32);
    }

private:
    std::uint16_t port_;
};

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_websub)

BOOST_AUTO_TEST_CASE(a_feed_with_a_hub_is_pushed_over_a_kill_and_left_when_it_is_not_wanted) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Site site;
    site.shows(entry("old"));
    const std::uint16_t port = unused_port();
    const Hub hub{port};
    const auto config = [&](const std::string& more) {
        return "inbound: {listen: \"127.0.0.1:" + std::to_string(port) +
               "\", url: \"http://127.0.0.1:" + std::to_string(port) +
               "\"}\nsources:\n  blog:\n    plugin: feed\n    url: " + site.address() +
               "/feed\n    allow_private: true\n    poll: 1h\n    account: news\n" + more +
               "    post: {status: \"{{ title }}\"}\n";
    };
    Bot bot{directory, sandbox, config("")};
    const std::string checked = bot.crier({"check", "--online"}).out;
    BOOST_TEST(says(checked, "blog: 1 item; its hub http://127.0.0.1:"), checked);
    bot.start();
    BOOST_REQUIRE_MESSAGE(eventually([&] { return site.asked().size() == 1U; }), bot.output());
    const std::string form = site.asked().front();
    BOOST_TEST(hub.pushes(form, site.feed(entry("a")), "guess").starts_with("HTTP/1.1 401 "));
    BOOST_TEST(hub.send("GET /websub/x?hub.mode=subscribe&hub.challenge=c HTTP/1.1\r\n\r\n")
                   .starts_with("HTTP/1.1 404 "));
    const std::string confirmed = hub.asks_back(form);
    BOOST_TEST(confirmed.starts_with("HTTP/1.1 200 "), confirmed);
    BOOST_TEST(confirmed.ends_with("\r\n\r\nc h"), confirmed);
    BOOST_TEST(says(bot.crier({"why", "source:blog"}).out, "pushes what is new"));

    const std::size_t fetches = site.fetches();
    BOOST_TEST(hub.pushes(form, site.feed(entry("one"))).starts_with("HTTP/1.1 200 "));
    BOOST_TEST(hub.pushes(form, site.feed(entry("one"))).starts_with("HTTP/1.1 200 "));
    bot.kill_hard();
    bot.start();
    BOOST_TEST(hub.pushes(form, site.feed(entry("two") + entry("one"))).starts_with("HTTP/1.1 200 "));
    BOOST_TEST(eventually([&] { return bot.count("published") == 2U; }), bot.output());
    BOOST_TEST(site.fetches() == fetches);
    BOOST_TEST(site.asked().size() == 1U);
    std::vector<std::string> timeline = sandbox.timeline();
    std::sort(timeline.begin(), timeline.end());
    BOOST_TEST(timeline == (std::vector<std::string>{"one", "two"}), boost::test_tools::per_element());
    BOOST_TEST(!says(bot.output(), field(form, "hub.secret")));
    BOOST_TEST(bot.stop() == 0);

    // One that only tries a configuration out asks nobody: neither for the new source, nor to leave the old
    // one.
    {
        const Bot tried{
            directory, sandbox,
            config("    websub: false\n") + "  more:\n    plugin: feed\n    url: " + site.address() +
                "/feed\n    allow_private: true\n    account: news\n    post: {status: \"{{ title }}\"}\n"};
        const std::size_t before = site.fetches();
        Process dry{{CRIER, "run", "--dry-run", "--config", tried.config()}, {}, directory.file("dry.out")};
        BOOST_TEST(eventually([&] { return site.fetches() > before; }), dry.output());
        BOOST_TEST(eventually([&] { return says(dry.output(), "source.first_run: more"); }), dry.output());
        dry.signal(SIGTERM);
        BOOST_TEST(dry.wait() == 0, dry.output());
        BOOST_TEST(site.asked().size() == 1U);
    }

    Bot without{directory, sandbox, config("    websub: false\n")};
    without.start();
    BOOST_REQUIRE_MESSAGE(eventually([&] { return site.asked().size() == 2U; }), without.output());
    BOOST_TEST(field(site.asked().back(), "hub.mode") == "unsubscribe");
    BOOST_TEST(hub.asks_back(site.asked().back()).starts_with("HTTP/1.1 200 "));
    BOOST_TEST(hub.pushes(form, site.feed(entry("three"))).starts_with("HTTP/1.1 404 "));
    BOOST_TEST(without.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
