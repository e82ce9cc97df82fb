// crier-bench-media: files and their statuses from the outbox, beside Mastodon.py and a bare client in the
// same minutes; a large file, one that is processed for long or in vain, one that is cut.

#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/limits/client.hpp"
#include "bench/null_server.hpp"
#include "bench/outbox_run.hpp"
#include "bench/peers/program.hpp"
#include "bench/report.hpp"
#include "bench/rounds.hpp"
#include "bench/usage.hpp"
#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

using namespace crier::bench;
namespace test = crier::test;

namespace {

constexpr std::size_t rounds = 3;
constexpr std::size_t posts = 500;
constexpr std::size_t picture_bytes = 197'000;
constexpr std::uintmax_t film_bytes = 100'000'000;

struct Peer {
    Cost cost;
    double growth = 0; ///< MiB, for the film
};

Peer mastodon_py(std::uint16_t port, const std::string& file, const std::string& film) {
    const auto said =
        run_peer("mastodon_media.py", {std::to_string(port), std::to_string(posts), file, film});
    return {cost_of(said, posts), said.at("growth").to_number<double>()};
}

/// A JPEG as far as it is looked at before it is sent: its head, and a scan without an end.
std::string picture(const test::TempDir& directory) {
    std::string bytes{"\xFF\xD8\xFF\xC0\0\x0B\x08\x04\0\x06\0\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0",
                      25};
    bytes.resize(picture_bytes, 'x');
    std::string path = directory.file("picture.jpg");
    test::write_file(path, bytes);
    return path;
}

/// A film of which the disk holds little: what says how it is built, and an empty rest.
std::string film(const test::TempDir& directory) {
    const auto big = [](std::uintmax_t number) {
        std::string text;
        for (int shift = 24; shift >= 0; shift -= 8)
            text += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
        return text;
    };
    const std::string head = big(16) + "ftypisom" + std::string(4, '\0') + big(8) + "moov";
    std::string path = directory.file("film.mp4");
    test::write_file(path, head + big(film_bytes - head.size()) + "mdat");
    std::filesystem::resize_file(path, film_bytes);
    return path;
}

void pictures(std::uint16_t port) {
    const test::TempDir directory;
    const std::string file = picture(directory);
    const auto measure = [&] {
        Round round;
        round.peer = mastodon_py(port, file, {}).cost;
        round.bare = bare_uploads(port, picture_bytes, posts);
        const test::TempDir commits;
        round.commits = bare_commits(commits.path(), posts);
        round.crier = outbox_run(port, 1, posts, file);
        return round;
    };
    const std::vector<Round> list = quiet_rounds("media", rounds, measure);
    const std::string name = "media: 197 KB and its status, one account";
    print_commits(name, list);
    constexpr const char* peer = "Mastodon.py, nothing stored";
    constexpr const char* bare = "bare Beast client from memory, nothing stored";
    print_rates(
        name, peer, list, [](const Round& r) { return r.peer->rate(); }, 3);
    print_cpu(
        name + ", CPU", peer, list, [](const Round& r) { return r.peer->cpu_each(); }, 1.0 / 8);
    print_rates(
        name + ", of a bare client", bare, list, [](const Round& r) { return r.bare.rate(); }, std::nullopt);
    print_rates(
        name + ", of what the machine can", "1 / (two bare commits + bare round trips)", list,
        [](const Round& r) { return 1 / (1 / r.bare.rate() + 2 / r.commits.rate()); }, std::nullopt);
    print_cpu(
        name + ", CPU, of a bare client", bare, list, [](const Round& r) { return r.bare.cpu_each(); },
        std::nullopt);
}

/// A daemon with one account, and its command line.
class Bench {
public:
    explicit Bench(std::uint16_t port)
        : port_(port)
        , daemon_(directory_, accounts_yaml(1, port)) {
        (void)get(port, "/reset");
    }
    void post(const std::string& text, const std::string& file) {
        std::vector<std::string> command{CRIER, "post", text, "--config", directory_.file("crier.yaml")};
        if (!file.empty())
            command.insert(command.end(), {"--media", file, "--alt", "of the benchmark"});
        const test::Finished finished = test::run_command(command, {}, directory_.path());
        if (finished.code != 0)
            throw std::runtime_error("crier post: " + finished.err);
    }
    [[nodiscard]] double stat(const std::string& name) const {
        return boost::json::parse(get(port_, "/stats")).at(name).to_number<double>();
    }
    void await_statuses(double number) {
        if (!test::eventually([&] { return stat("statuses") >= number; }, std::chrono::minutes{2}))
            throw std::runtime_error("a post did not come:\n" + daemon_.process().output());
    }
    [[nodiscard]] pid_t pid() { return daemon_.process().pid(); }
    [[nodiscard]] std::string output() { return daemon_.process().output(); }

private:
    std::uint16_t port_;
    test::TempDir directory_;
    Daemon daemon_;
};

void large_file(std::uint16_t port, const std::string& film_file, double peer_growth) {
    Bench bench{port};
    bench.post("the first one, which connects", {});
    bench.await_statuses(1);
    const double before = resident(bench.pid());
    bench.post("with a film", film_file);
    bench.await_statuses(2);
    print_at_most("media: memory for an upload of 100 MB", peak(bench.pid()) - before, "MiB", 8,
                  "Mastodon.py", peer_growth);
}

void slow_processing(std::uint16_t port, const std::string& film_file) {
    Bench bench{port};
    (void)get(port, "/next/30");
    bench.post("with a film", film_file);
    bench.await_statuses(1);
    print_at_most("media: 30 s of processing, the post after its end",
                  (bench.stat("last") - bench.stat("ready")) / 1e6, "s", 10);
    print_at_most("media: 30 s of processing, uploads", bench.stat("uploads"), "uploads", 1);
}

void failing_processing(std::uint16_t port, const std::string& film_file) {
    Bench bench{port};
    (void)get(port, "/next/1/fails");
    bench.post("with a film", film_file);
    const std::string words = film_file + ": 422 Error processing thumbnail for uploaded media";
    const bool told = test::eventually([&] { return bench.output().find(words) != std::string::npos; },
                                       std::chrono::minutes{1});
    Figure figure;
    figure.name = "media: processing that fails, told with the file and the server's words";
    figure.value = told && bench.stat("statuses") == 0 ? 1 : 0;
    figure.unit = "of 1";
    figure.target = 1;
    print(figure);
}

void cut_upload(std::uint16_t port, const std::string& film_file) {
    Bench bench{port};
    (void)get(port, "/next/cut");
    bench.post("with a film", film_file);
    bench.await_statuses(1);
    print_at_most("media: an upload that is cut in the middle, uploads until the post is out",
                  bench.stat("uploads"), "uploads", 2);
    print_at_most("media: an upload that is cut in the middle, statuses", bench.stat("statuses"), "statuses",
                  1);
}

} // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 1 ? argv[1] : "";
    try {
        const NullServer server;
        const test::TempDir directory;
        const std::string large = film(directory);
        if (which != "large")
            pictures(server.port());
        if (which == "pictures")
            return 0;
        large_file(server.port(), large, mastodon_py(server.port(), picture(directory), large).growth);
        slow_processing(server.port(), large);
        failing_processing(server.port(), large);
        cut_upload(server.port(), large);
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
