#define BOOST_TEST_MODULE crier
#include <boost/test/unit_test.hpp>
