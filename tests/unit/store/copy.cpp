#include "harness.hpp"
#include "store/schema.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// A copy in memory; its context comes first so that it goes last.
struct Copy {
    explicit Copy(const std::string& path, const std::vector<std::string_view>* steps = nullptr)
        : opened(store::open_sqlite_copy(context.get_executor(), path, steps)) {}
    std::vector<std::string> texts() {
        PostQuery query;
        query.oldest_first = true;
        return names(run(context, opened.value().store->find(std::move(query))).value());
    }
    Result<Applied> put(const std::string& name) {
        Batch batch;
        batch.now = noon;
        batch.insert = {make_post(name)};
        return run(context, opened.value().store->apply(std::move(batch)));
    }
    boost::asio::io_context context{1};
    Result<store::OpenedStore> opened;
};

std::vector<std::string> files_in(const std::string& path) {
    std::vector<std::string> list;
    for (const auto& entry : std::filesystem::directory_iterator{path})
        list.push_back(entry.path().filename().string());
    std::sort(list.begin(), list.end());
    return list;
}

} // namespace

BOOST_AUTO_TEST_SUITE(copies)

BOOST_AUTO_TEST_CASE(of_nothing_is_an_empty_store) {
    const Folder folder;
    Copy copy{folder.db()};
    BOOST_REQUIRE(copy.opened);
    BOOST_TEST(copy.texts().empty());
    BOOST_TEST(copy.put("p").has_value());
    BOOST_TEST(copy.texts() == std::vector<std::string>{"p"});
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(of_a_stopped_store_leaves_the_original_byte_for_byte) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
    }
    const std::string before = bytes_of(folder.db());
    const std::vector<std::string> files = files_in(folder.path());
    {
        Copy copy{folder.db()};
        BOOST_TEST(copy.put("only in the copy").has_value());
        BOOST_TEST(copy.texts() == (std::vector<std::string>{"p", "only in the copy"}));
        BOOST_TEST((bytes_of(folder.db()) == before));
    }
    BOOST_TEST((bytes_of(folder.db()) == before));
    OpenStore store{folder.db()};
    BOOST_TEST(store.notes().empty());
    BOOST_TEST(names(store.all()) == std::vector<std::string>{"p"});
}

BOOST_AUTO_TEST_CASE(beside_a_daemon_has_its_latest_and_does_not_disturb_it) {
    const Folder folder;
    OpenStore store{folder.db()};
    (void)store.put(make_post("first"));
    const std::string file = bytes_of(folder.db());
    const std::string log = bytes_of(folder.db() + "-wal");
    {
        Copy copy{folder.db()};
        BOOST_TEST(copy.texts() == std::vector<std::string>{"first"});
        BOOST_TEST(copy.put("copy").has_value());
        BOOST_TEST((bytes_of(folder.db()) == file));
        BOOST_TEST((bytes_of(folder.db() + "-wal") == log));
        (void)store.put(make_post("second"));
        BOOST_TEST(copy.texts() == (std::vector<std::string>{"first", "copy"})); // as of then
    }
    BOOST_TEST(names(store.all()) == (std::vector<std::string>{"first", "second"}));
}

BOOST_AUTO_TEST_CASE(of_an_older_store_is_brought_up_to_date_in_memory_alone) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
    }
    const std::string before = bytes_of(folder.db());
    const std::vector<std::string> files = files_in(folder.path());
    std::vector<std::string_view> steps = store::migrations();
    steps.emplace_back("CREATE TABLE later(x INTEGER);");
    const std::vector<std::string> here = files_in(".");
    {
        Copy copy{folder.db(), &steps};
        BOOST_TEST(copy.texts() == std::vector<std::string>{"p"});
    }
    BOOST_TEST((bytes_of(folder.db()) == before));
    BOOST_TEST(files_in(".") == here);
}

BOOST_AUTO_TEST_CASE(of_what_is_no_store_is_refused) {
    const Folder folder;
    write_bytes(folder.db(), std::string(8192, 'x'));
    BOOST_TEST((Copy{folder.db()}.opened.error().cause == Cause::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()
