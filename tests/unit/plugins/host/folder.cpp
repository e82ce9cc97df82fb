// A folder whose files are items: what is taken, what is moved, and what comes again.

#include "harness.hpp"
#include "plugin/folder_mover.hpp"
#include "plugin/folder_source.hpp"
#include "sdk/crier_plugin.hpp"
#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

using namespace crier;
using namespace crier::plugin::test;
namespace fs = std::filesystem;

namespace {

/// A file's text is its title; "!" in front of it makes it unreadable; "media: NAME" names a file.
class Notes {
public:
    explicit Notes(const sdk::Settings&) {}
    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        if (input.bytes.starts_with("!"))
            throw sdk::Error("it begins with an exclamation mark");
        sdk::Item item;
        item.title = input.bytes.empty() ? input.header("name") : input.bytes;
        if (item.title.starts_with("media: ")) {
            item.media.resize(1);
            item.media[0].file = item.title.substr(7);
        }
        for (const auto& [name, value] : input.headers)
            if (name == "beside" || name.starts_with("text:"))
                item.categories.push_back(std::string{name} + "=" + std::string{value});
        sink.item(item);
    }
};

constexpr crier_plugin notes = sdk::make_table<Notes>("notes", "for tests", CRIER_PLUGIN_FOLDER);

struct FolderWorld {
    World world;
    crier::test::TemporaryDirectory folder;
    SourceFolder settings;
    std::unique_ptr<plugin::FolderSource> source;
    std::string cursor;
    int changes = 0;

    FolderWorld() {
        settings.path = folder.path();
        restart();
    }
    void restart() {
        source = std::make_unique<plugin::FolderSource>(*plugin::open_built_in(notes, {}, world.pool),
                                                        settings, world.pool, world.clock, nullptr);
        source->watch([this] { ++changes; });
    }
    SourceYield look() {
        Result<SourceYield> yield = world.look(*source, cursor);
        BOOST_REQUIRE(yield.has_value());
        cursor = yield->cursor;
        return std::move(*yield);
    }
    std::vector<std::string> ids() {
        std::vector<std::string> list;
        for (const Item& item : look().items)
            list.push_back(item.id);
        std::sort(list.begin(), list.end());
        return list;
    }
    Result<> settle(const std::string& id, bool published, Instant at = far) {
        Fate fate;
        fate.id = id;
        fate.published = published;
        fate.words = published ? "https://model.example/@news/1" : "held too long";
        fate.at = at;
        return crier::test::run(world.context, source->settle(std::move(fate)));
    }
    std::string text(const std::string& name) {
        std::ifstream stream{folder / name};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }

    static constexpr Instant far = std::chrono::sys_days{std::chrono::year{2100} / 1 / 1};
    static constexpr Instant long_ago = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
};

using Strings = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_folder)

BOOST_AUTO_TEST_CASE(texts_are_items_and_what_is_unfinished_hidden_or_a_link_is_not) {
    FolderWorld w;
    for (const char* name : {"a.md", "B.TXT", ".hidden.md", "c.md.part", "d.md~", "e.tmp", "f.jpg"})
        (void)w.folder.file(name, "text");
    fs::create_symlink("/etc/passwd", w.folder / "link.md");
    fs::create_directory(w.folder / "below");
    (void)w.folder.file("below/g.md", "text");
    const SourceYield yield = w.look();
    BOOST_TEST(yield.items.size() == 2U);
    BOOST_REQUIRE(yield.warnings.size() == 1U);
    BOOST_TEST(yield.warnings[0] == "link.md is a link and was passed over: put the file itself there");
    w.settings.recursive = true;
    w.settings.match = {"*.md"};
    w.restart();
    BOOST_TEST(w.ids() == (Strings{"a.md", "below/g.md"}));
}

BOOST_AUTO_TEST_CASE(a_folder_that_has_not_changed_is_not_read_again) {
    FolderWorld w;
    (void)w.folder.file("a.md", "text");
    BOOST_TEST(!w.look().unchanged);
    BOOST_TEST(w.look().unchanged);
    w.restart(); // it must know what is there
    BOOST_TEST(!w.look().unchanged);
    (void)w.folder.file("a.md", "longer text");
    BOOST_TEST(w.look().items.at(0).title == "longer text");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_written_to_a_moment_ago_waits) {
    FolderWorld w;
    (void)w.folder.file("a.md", "text");
    BOOST_TEST(plugin::is_restless(w.world.clock.now() - std::chrono::seconds{1}, w.world.clock.now()));
    BOOST_TEST(!plugin::is_restless(w.world.clock.now() - std::chrono::seconds{3}, w.world.clock.now()));
    // A clock that was put back hides nothing for ever.
    BOOST_TEST(!plugin::is_restless(w.world.clock.now() + std::chrono::hours{1}, w.world.clock.now()));
    const Instant real = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const Result<plugin::Listing> at_once = plugin::list_folder(w.settings, real);
    BOOST_REQUIRE(at_once.has_value());
    BOOST_TEST(at_once->restless);
    BOOST_TEST(at_once->files.empty());
    BOOST_TEST(plugin::list_folder(w.settings, real + std::chrono::seconds{3})->files.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_was_posted_is_moved_with_what_belongs_to_it) {
    FolderWorld w;
    w.settings.match = {"*.md"};
    w.restart();
    (void)w.folder.file("a.md", "media: a.jpg");
    (void)w.folder.file("a.jpg", std::string{"\xff\xd8\0", 3});
    (void)w.folder.file("a.alt.txt", "A harbour");
    const SourceYield yield = w.look();
    BOOST_TEST(yield.items.at(0).media.at(0).file == w.folder / "a.jpg");
    BOOST_TEST(yield.items[0].categories ==
               (Strings{"beside=a.alt.txt", "text:a.alt.txt=A harbour", "beside=a.jpg"}));
    BOOST_TEST(w.settle("a.md", true).has_value());
    BOOST_TEST(w.ids().empty());
    for (const char* name : {"sent/a.md", "sent/a.jpg", "sent/a.alt.txt"})
        BOOST_TEST(fs::exists(w.folder / name), name);
    BOOST_TEST(w.text("sent/a.md.log") == "https://model.example/@news/1\n");
    BOOST_TEST(w.settle("a.md", true).has_value()); // told twice: nothing happens
}

BOOST_AUTO_TEST_CASE(what_came_to_nothing_goes_to_failed_with_the_reason) {
    FolderWorld w;
    (void)w.folder.file("bad.md", "!");
    (void)w.folder.file("late.md", "text");
    const SourceYield yield = w.look();
    BOOST_REQUIRE(yield.rejected.size() == 1U);
    BOOST_TEST(yield.warnings.at(0) == "bad.md: it begins with an exclamation mark");
    Fate fate = yield.rejected[0];
    BOOST_TEST(fs::exists(w.folder / "bad.md")); // a look alone moves nothing
    fate.at = FolderWorld::far;
    BOOST_TEST(crier::test::run(w.world.context, w.source->settle(std::move(fate))).has_value());
    BOOST_TEST(w.settle("late.md", false).has_value());
    BOOST_TEST(w.text("failed/bad.md.log") == "it begins with an exclamation mark\n");
    BOOST_TEST(w.text("failed/late.md.log") == "held too long\n");
    BOOST_TEST(w.text("failed/late.md") == "text");
}

BOOST_AUTO_TEST_CASE(a_file_that_comes_later_under_the_same_name_is_another_item) {
    FolderWorld w;
    (void)w.folder.file("daily.md", "monday");
    BOOST_TEST(w.ids() == (Strings{"daily.md"}));
    // Somebody took the posted one away, and put another in its place.
    BOOST_TEST(w.settle("daily.md", true, FolderWorld::long_ago).has_value());
    BOOST_TEST(w.changes == 1);
    BOOST_TEST(fs::exists(w.folder / "daily.md"));
    BOOST_TEST(w.ids() == (Strings{"daily.md (2)"}));
    w.restart();
    BOOST_TEST(w.ids() == (Strings{"daily.md (2)"}));
    BOOST_TEST(w.settle("daily.md (2)", true).has_value());
    BOOST_TEST(fs::exists(w.folder / "sent/daily.md"));
    (void)w.folder.file("daily.md", "wednesday");
    BOOST_TEST(w.ids() == (Strings{"daily.md (3)"}));
    w.restart();
    BOOST_TEST(w.ids() == (Strings{"daily.md (3)"}));
    BOOST_TEST(w.settle("daily.md (3)", true).has_value());
    BOOST_TEST(w.text("sent/daily (2).md") == "wednesday");
}

BOOST_AUTO_TEST_CASE(no_file_outside_of_the_folder_can_be_named) {
    FolderWorld w;
    for (const char* name : {"../x", "/etc/passwd", "a/../../x", "nosuch.jpg"}) {
        (void)w.folder.file("a.md", "media: " + std::string{name});
        w.restart();
        const SourceYield yield = w.look();
        BOOST_TEST(yield.warnings.size() == 1U, name);
        BOOST_TEST(yield.items.at(0).media.at(0).file.starts_with(w.folder.path() + "/"));
    }
    fs::create_symlink("/etc/passwd", w.folder / "p.jpg");
    (void)w.folder.file("a.md", "media: p.jpg");
    w.restart();
    BOOST_TEST(w.look().warnings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_says_so) {
    FolderWorld w;
    w.settings.path = w.folder / "nosuch";
    w.restart();
    const Result<SourceYield> yield = w.world.look(*w.source);
    BOOST_REQUIRE(!yield);
    BOOST_TEST((yield.error().cause == Cause::not_found));
    BOOST_TEST(yield.error().message.find("nosuch: No such file") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_somebody_has_open_to_write_into_waits) {
    FolderWorld w;
    std::ofstream writer{w.folder / "slow.txt"};
    writer << "first part" << std::flush;
    (void)w.folder.file("done.txt", "done");
    const Instant real = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const Result<plugin::Listing> waiting = plugin::list_folder(w.settings, real + std::chrono::seconds{20});
    BOOST_REQUIRE(waiting.has_value());
    BOOST_REQUIRE_EQUAL(waiting->files.size(), 1U);
    BOOST_TEST(waiting->files[0].name == "done.txt");
    BOOST_TEST(waiting->restless);
    BOOST_TEST(waiting->warnings.empty());
    const Result<plugin::Listing> for_long = plugin::list_folder(w.settings, real + std::chrono::minutes{2});
    BOOST_TEST(!for_long->restless);
    BOOST_REQUIRE_EQUAL(for_long->warnings.size(), 1U);
    BOOST_TEST(for_long->warnings[0].starts_with("slow.txt: some program has it open"));
    writer.close();
    BOOST_TEST(plugin::list_folder(w.settings, real + std::chrono::seconds{20})->files.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
