// What others send, from the request to the server: the real daemon behind a port of its own.

#include "bot.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>

using namespace crier::test;
namespace asio = boost::asio;
namespace json = boost::json;
using Tcp = asio::ip::tcp;

namespace {

const char* const token = "gitlab-token-of-the-test";

std::uint16_t free_port() {
    asio::io_context context;
    const Tcp::acceptor acceptor{context, Tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    return acceptor.local_endpoint().port();
}

/// The daemon's door.
class Door {
public:
    Door()
        : port_(free_port()) {}

    [[nodiscard]] std::string listening() const {
        return "inbound: {listen: \"127.0.0.1:" + std::to_string(port_) + "\"}\n";
    }
    [[nodiscard]] std::string config(const std::string& more = {}) const {
        return listening() +
               "sources:\n"
               "  hook:\n"
               "    plugin: webhook\n"
               "    secret: {file: hook.secret}\n"
               "    form: json\n"
               "    account: news\n"
               "    post: {status: \"{{ title }}\"}\n" +
               more;
    }
    /// Sends bytes; what comes back up to the connection's end. Without `wait` nobody waits for that.
    std::string raw(const std::string& bytes, bool wait = true) const {
        asio::io_context context;
        Tcp::socket socket{context};
        socket.connect(Tcp::endpoint{asio::ip::address_v4::loopback(), port_});
        boost::system::error_code error;
        asio::write(socket, asio::buffer(bytes), error);
        std::string answer;
        if (wait)
            asio::read(socket, asio::dynamic_buffer(answer), error);
        return answer;
    }
    static std::string request(const std::string& body, const std::string& with = token) {
        return "POST /hooks/hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Gitlab-Token: " +
               with + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    std::string send(const std::string& body, const std::string& with = token) const {
        return raw(request(body, with));
    }

private:
    std::uint16_t port_;
};

std::string item(const std::string& id, const std::string& title) {
    return json::serialize(json::object{{"id", id}, {"title", title}, {"link", "https://x.example/" + id}});
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_inbound)

BOOST_AUTO_TEST_CASE(what_is_sent_is_posted_once_and_strangers_get_nowhere) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Door door;
    write_file(directory.file("hook.secret"), std::string{token} + "\n");
    Bot bot{directory, sandbox, door.config()};
    bot.start();
    BOOST_TEST(mentions(door.send(item("1", "One")), "{\"items\":1,\"posts\":1}"), bot.output());
    BOOST_TEST(mentions(door.send(item("1", "One")), "{\"items\":1,\"posts\":0}"));
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(door.send(item("evil", "Evil"), "guess").starts_with("HTTP/1.1 401 "));
    BOOST_TEST(door.raw("GET /hooks/hook HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
    // The other commands' interface is behind another door.
    BOOST_TEST(door.raw("GET /v1/status HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(door.raw("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
    BOOST_TEST(door.send("{").starts_with("HTTP/1.1 422 "));
    BOOST_TEST(eventually([&] { return bot.count("published") == 1U; }), bot.output());
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"One"}, boost::test_tools::per_element());
    const std::string why = bot.crier({"why", "source:hook"}).out;
    BOOST_TEST(mentions(why, "hears what others send (POST) to /hooks/hook"), why);
    BOOST_TEST(mentions(bot.crier({"status"}).out, "when sent"));
    const Finished items = bot.crier({"items", "hook"});
    BOOST_TEST(items.code == 2);
    BOOST_TEST(mentions(items.err, "there is nothing to look at"), items.err);
    BOOST_TEST(!mentions(bot.output(), token));
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_secret_that_is_changed_in_its_file_counts_at_once) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Door door;
    Bot bot{directory, sandbox, door.config()};
    bot.start();
    BOOST_TEST(door.send(item("1", "One")).starts_with("HTTP/1.1 503 "));
    write_file(directory.file("hook.secret"), "another\n");
    BOOST_TEST(door.send(item("1", "One")).starts_with("HTTP/1.1 401 "));
    write_file(directory.file("hook.secret"), std::string{token} + "\n");
    BOOST_TEST(door.send(item("1", "One")).starts_with("HTTP/1.1 200 "));
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_shared_object_hears_as_well) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Door door;
    write_file(directory.file("hook.secret"), std::string{token} + "\n");
    const std::string object = directory.file("hearing.so");
    std::filesystem::copy_file(std::string{CRIER_TEST_OBJECTS} + "/hearing.so", object);
    std::filesystem::permissions(object, std::filesystem::perms{0755});
    std::filesystem::permissions(std::filesystem::path{object}.parent_path(), std::filesystem::perms{0700});
    Bot bot{
        directory, sandbox,
        door.listening() + "sources:\n  mine:\n    plugin: native\n    object: " + object +
            "\n    secret: {file: hook.secret}\n    account: news\n    post: {status: \"{{ title }}\"}\n"};
    bot.start();
    const auto request = [](const std::string& more) {
        return "POST /hooks/mine HTTP/1.1\r\nHost: x\r\nX-Gitlab-Token: " + std::string{token} + "\r\n" +
               more + "Content-Length: 5\r\n\r\nHello";
    };
    BOOST_TEST(mentions(door.raw(request("X-Item: 1\r\n")), "{\"items\":1,\"posts\":1}"), bot.output());
    BOOST_TEST(mentions(door.raw(request("X-Item: 1\r\n")), "{\"items\":1,\"posts\":0}"));
    const std::string refused = door.raw(request(""));
    BOOST_TEST(refused.starts_with("HTTP/1.1 422 "));
    BOOST_TEST(mentions(refused, "there is no X-Item"), refused);
    BOOST_TEST(eventually([&] { return bot.count("published") == 1U; }), bot.output());
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"Hello"}, boost::test_tools::per_element());
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_paused_source_has_it_sent_again) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Door door;
    write_file(directory.file("hook.secret"), std::string{token} + "\n");
    Bot bot{directory, sandbox, door.config()};
    bot.start();
    BOOST_TEST(bot.crier({"pause", "source:hook"}).code == 0);
    const std::string later = door.send(item("1", "One"));
    BOOST_TEST(later.starts_with("HTTP/1.1 503 "));
    BOOST_TEST(mentions(later, "\r\nRetry-After: 30\r\n"));
    BOOST_TEST(bot.crier({"resume", "source:hook"}).code == 0);
    BOOST_TEST(mentions(door.send(item("1", "One")), "{\"items\":1,\"posts\":1}"));
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(killed_between_the_request_and_its_answer_it_is_posted_once) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Door door;
    write_file(directory.file("hook.secret"), std::string{token} + "\n");
    Bot bot{directory, sandbox, door.config()};
    for (int life = 0; life < 6; ++life) {
        bot.start();
        const std::string id = std::to_string(life);
        door.raw(Door::request(item(id, "Item " + id)), false);
        // Each life is killed a little later: before it was read, taken, recorded, posted.
        for (int i = 0; i < life; ++i)
            pause_briefly();
        bot.kill_hard();
    }
    bot.start();
    for (int life = 0; life < 6; ++life) {
        const std::string id = std::to_string(life);
        BOOST_TEST(door.send(item(id, "Item " + id)).starts_with("HTTP/1.1 200 "));
    }
    BOOST_TEST(eventually([&] { return bot.count("published") == 6U; }), bot.output());
    std::vector<std::string> posted = sandbox.timeline();
    std::sort(posted.begin(), posted.end());
    const std::vector<std::string> wanted{"Item 0", "Item 1", "Item 2", "Item 3", "Item 4", "Item 5"};
    BOOST_TEST(posted == wanted, boost::test_tools::per_element());
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_told_at_the_start) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const Door door;
    write_file(directory.file("hook.secret"), std::string{token} + "\n");
    Bot bot{directory, sandbox, door.config()};
    bot.start();
    write_file(directory.file("other.yaml"), [&] {
        std::string text = read_file(bot.config());
        for (const std::string name : {"crier.db", "crier.sock"})
            text.replace(text.find(name), name.size(), "other" + name.substr(5));
        return text;
    }());
    const Finished second = bot.crier({"run", "--config", directory.file("other.yaml")});
    BOOST_TEST(second.code == 1);
    BOOST_TEST(mentions(second.err, "another program listens at 127.0.0.1:"), second.err);
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_SUITE_END()
