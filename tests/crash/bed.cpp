#include "crash/bed.hpp"

#include <boost/json/parse.hpp>

#include <csignal>
#include <stdexcept>

namespace crier::crash {

namespace json = boost::json;

namespace {

std::string token_of(std::string_view account) {
    return "token-of-account-" + std::string{account};
}

std::vector<std::string> all_accounts(const Plan& plan) {
    std::vector<std::string> list = plan.accounts;
    list.emplace_back(ticking_account);
    return list;
}

std::vector<std::string> sandbox_arguments(const Options& options, const Plan& plan) {
    std::vector<std::string> list{"--kind", options.server,     "--feed-items",
                                  "0",      "--no-rate-limits", "--quiet"};
    for (const std::string& account : all_accounts(plan)) {
        list.emplace_back("--account");
        list.push_back(account + ":" + token_of(account));
    }
    return list;
}

std::string at_list(const std::vector<Second>& moments) {
    std::string list;
    for (const Second at : moments)
        list += (list.empty() ? "" : ", ") + to_text(at);
    return "[" + list + "]";
}

/// The sandbox answers within half a second; so long after a kill nothing is at work any more. Servers that
/// lock their keys would do without.
constexpr const char* quiet = "1s";

std::string config(const std::string& url, const Plan& plan) {
    std::string text = "version: 1\naccounts:\n";
    std::string all;
    for (const std::string& name : all_accounts(plan)) {
        text +=
            "  " + name + ":\n    server: " + url + "\n    handle: " + name + "\n    token: {file: " + name +
            ".token}\n    defaults: {visibility: public, language: en}\n    delivery: {timeout: 5s, quiet: " +
            quiet + ", retry_first: 50ms, retry_most: 500ms}\n";
        if (name != ticking_account)
            all += (all.empty() ? "" : ", ") + name;
    }
    text += "schedule:\n";
    for (std::size_t i = 0; i < plan.moments.size(); ++i)
        if (!plan.moments[i].empty())
            text += "  - {name: moments-" + plan.accounts[i] + ", account: " + plan.accounts[i] +
                    ", at: " + at_list(plan.moments[i]) +
                    ",\n     missed: {policy: all, within: 1h},\n"
                    "     post: {status: \"moment {{ due | date('%Y-%m-%dT%H:%M:%SZ') }}\"}}\n";
    text += "  - {name: ticks, account: " + std::string{ticking_account} +
            ", every: " + std::to_string(tick_step.count()) +
            "s, offset: 0s,\n     missed: {policy: all, within: 1h},\n     post: {status: \"" +
            std::string{tick_prefix} + "{{ due | date('%Y-%m-%dT%H:%M:%SZ') }}\"}}\n";
    text += "sources:\n  feed:\n    plugin: feed\n    url: " + url +
            "/feed.xml\n    allow_private: true\n    poll: 1s\n    accounts: [" + all +
            "]\n    first_run: {publish: all}\n    post:\n      status: \"{{ title }}\"\n"
            "      media: [{from: enclosure, missing_alt: post}]\n";
    text += "fuse: {posts: 100000, within: 1h, same_link: 1000, same_text: 1000}\n"
            "store: crier.db\nadmin: {socket: crier.sock}\nlog: {format: json, level: info}\n";
    return text;
}

} // namespace

Bed::Bed(const Options& options, const Plan& plan)
    : sandbox_(directory_, sandbox_arguments(options, plan))
    , disk_(directory_, options.disk) {
    test::write_file(directory_.file("crier.yaml"), config(sandbox_.url(), plan));
    for (const std::string& account : all_accounts(plan))
        test::write_file(directory_.file(account + ".token"), token_of(account) + "\n");
    test::write_file(picture(), test::read_file(CRIER_CRASH_PICTURE));
    disk_.add_to(environment_);
}

void Bed::start() {
    output_file_ = directory_.file("life-" + std::to_string(++lives_) + ".log");
    daemon_ = std::make_unique<test::Process>(
        std::vector<std::string>{CRIER, "run", "--config", directory_.file("crier.yaml")}, environment_,
        output_file_);
}

bool Bed::ready() const {
    return output().find(R"("event":"daemon.ready")") != std::string::npos;
}

void Bed::kill() {
    daemon_->signal(SIGKILL);
    (void)daemon_->wait();
}

int Bed::stop() {
    daemon_->signal(SIGTERM);
    return daemon_->wait();
}

test::Finished Bed::crier(std::vector<std::string> arguments) const {
    std::vector<std::string> command{CRIER};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return test::run_command(command, {{"CRIER_CONFIG", directory_.file("crier.yaml")}}, directory_.path());
}

json::object Bed::counts() const {
    const test::Finished status = crier({"status", "--json"});
    if (status.code != 0)
        return {};
    return json::parse(status.out).at("outbox").as_object();
}

std::vector<json::object> Bed::outbox() const {
    const test::Finished listed = crier({"outbox", "list", "--json", "--limit", "100000"});
    if (listed.code != 0)
        throw std::runtime_error("crier outbox list: " + listed.err);
    std::vector<json::object> posts;
    for (std::size_t at = 0; at < listed.out.size();) {
        const auto end = listed.out.find('\n', at);
        posts.push_back(json::parse(listed.out.substr(at, end - at)).as_object());
        at = end + 1;
    }
    return posts;
}

} // namespace crier::crash
