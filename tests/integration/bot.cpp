#include "bot.hpp"

#include <boost/json/parse.hpp>

#include <csignal>
#include <stdexcept>

namespace crier::test {

namespace json = boost::json;

Bot::Bot(const TempDir& directory, const Sandbox& sandbox, const std::string& rest,
         const std::string& account_extra)
    : directory_(directory) {
    set_token(sandbox_token);
    write_file(config(), "version: 1\n"
                         "accounts:\n"
                         "  news:\n"
                         "    server: " +
                             sandbox.url() +
                             "\n"
                             "    handle: bot\n"
                             "    token: {file: news.token}\n"
                             "    defaults: {visibility: public, language: en}\n"
                             "    delivery: {timeout: 2s, quiet: 300ms, look: 300ms, retry_first: 50ms, "
                             "retry_most: 1s}\n" +
                             account_extra +
                             "store: crier.db\n"
                             "admin: {socket: crier.sock}\n"
                             "log: {format: plain, level: debug}\n" +
                             rest);
    if (sandbox.tls())
        environment["CRIER_CA_FILE"] = sandbox.ca_file();
}

void Bot::start() {
    process_ = std::make_unique<Process>(
        std::vector<std::string>{program.empty() ? CRIER : program, "run", "--config", config()}, environment,
        directory_.file("daemon.out"));
    const auto ready = [this] {
        return !process_->running() ||
               crier({"status", "--json"}).out.find("\"running\":true") != std::string::npos;
    };
    if (!eventually(ready) || !process_->running())
        throw std::runtime_error("the daemon did not start:\n" + output());
}

int Bot::stop() {
    process_->signal(SIGTERM);
    return process_->wait();
}

void Bot::kill_hard() {
    process_->signal(SIGKILL);
    (void)process_->wait();
}

std::string Bot::output() const {
    return read_file(directory_.file("daemon.out"));
}

Finished Bot::crier(std::vector<std::string> arguments, const std::string& input) {
    std::vector<std::string> command{CRIER};
    command.insert(command.end(), arguments.begin(), arguments.end());
    Process::Environment with = environment;
    with["CRIER_CONFIG"] = config();
    return run_command(command, with, directory_.path(), input);
}

std::vector<json::object> Bot::outbox() {
    const Finished listed = crier({"outbox", "list", "--json", "--limit", "1000"});
    if (listed.code != 0)
        throw std::runtime_error("outbox list: " + listed.err);
    std::vector<json::object> posts;
    std::size_t at = 0;
    while (at < listed.out.size()) {
        const auto end = listed.out.find('\n', at);
        posts.push_back(json::parse(listed.out.substr(at, end - at)).as_object());
        at = end + 1;
    }
    return posts;
}

std::size_t Bot::count(const std::string& state) {
    std::size_t n = 0;
    for (const json::object& post : outbox())
        n += post.at("state").as_string() == state ? 1U : 0U;
    return n;
}

std::string blog_of(const Sandbox& sandbox, const std::string& rest) {
    return "sources:\n"
           "  blog:\n"
           "    plugin: feed\n"
           "    url: " +
           sandbox.url() +
           "/feed.xml\n"
           "    poll: 1s\n"
           "    allow_private: true\n"
           "    accounts: [news]\n" +
           rest;
}

} // namespace crier::test
