// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {KEEPER, Kept} from "./Kept.sol";
import {Token} from "./Token.sol";

RocketStorage constant STORE = RocketStorage(0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46);

function contractKey(string memory name) pure returns (bytes32) {
    return keccak256(abi.encodePacked("contract.address", name));
}

/// The registry and the one memory of the protocol: it outlives each version of the contracts that write to it.
contract RocketStorage {
    error NotCurrent();

    // In mainnet's order as far as numbers: proofs name the slots of their values, not the functions that read them.
    mapping(bytes32 => string) public getString;
    mapping(bytes32 => bytes) public getBytes;
    mapping(bytes32 => uint256) public getUint;
    mapping(bytes32 => address) public getAddress;

    /// An upgrade writes here directly and, as on mainnet, emits nothing.
    function setAddress(bytes32 key, address value) external {
        if (msg.sender != KEEPER) revert NotCurrent();
        getAddress[key] = value;
    }

    function setUint(bytes32 key, uint256 value) external {
        if (msg.sender != getAddress[contractKey("rocketNetworkBalances")]) revert NotCurrent();
        getUint[key] = value;
    }
}

interface Balances {
    function getTotalETHBalance() external view returns (uint256);
    function getTotalRETHSupply() external view returns (uint256);
}

contract RocketTokenRETH is Token {
    event TokensMinted(address indexed to, uint256 amount, uint256 ethAmount, uint256 time);
    event TokensBurned(address indexed from, uint256 amount, uint256 ethAmount, uint256 time);

    function name() external pure returns (string memory) {
        return "Rocket Pool ETH";
    }

    function symbol() external pure returns (string memory) {
        return "rETH";
    }

    /// The rate is made of the oracle's stored snapshot: minting and burning never move it.
    function getExchangeRate() external view returns (uint256) {
        return getEthValue(1 ether);
    }

    function getEthValue(uint256 rethAmount) public view returns (uint256) {
        (uint256 totalEth, uint256 supply) = _snapshot();
        return supply == 0 ? rethAmount : rethAmount * totalEth / supply;
    }

    function getRethValue(uint256 ethAmount) public view returns (uint256) {
        (uint256 totalEth, uint256 supply) = _snapshot();
        if (supply == 0) return ethAmount;
        require(totalEth > 0, "Cannot calculate rETH token amount while total network balance is zero");
        return ethAmount * supply / totalEth;
    }

    /// What could be burned right now: the deposit pool's excess and the ETH that lies here.
    function getTotalCollateral() external view returns (uint256) {
        address pool = STORE.getAddress(contractKey("rocketDepositPool"));
        return RocketDepositPool(pool).getExcessBalance() + address(this).balance;
    }

    /// The ETH that lies here against the value of the supply, without the deposit pool.
    function getCollateralRate() external view returns (uint256) {
        uint256 value = getEthValue(totalSupply);
        return value == 0 ? 1 ether : 1 ether * address(this).balance / value;
    }

    function keeperMint(address to, uint256 amount) external kept {
        emit TokensMinted(to, amount, getEthValue(amount), block.timestamp);
        _mint(to, amount);
    }

    function keeperBurn(address from, uint256 amount) external kept {
        emit TokensBurned(from, amount, getEthValue(amount), block.timestamp);
        _burn(from, amount);
    }

    function _snapshot() private view returns (uint256 totalEth, uint256 supply) {
        Balances balances = Balances(STORE.getAddress(contractKey("rocketNetworkBalances")));
        return (balances.getTotalETHBalance(), balances.getTotalRETHSupply());
    }
}

contract RocketDepositPool is Kept {
    uint256 constant MAXIMUM_SIZE = 18_000 ether;

    uint256 public getBalance;

    function getExcessBalance() external view returns (uint256) {
        return getBalance;
    }

    function getMaximumDepositAmount() external view returns (uint256) {
        return getBalance >= MAXIMUM_SIZE ? 0 : MAXIMUM_SIZE - getBalance;
    }

    function keeperSet(uint256 balance) external kept {
        getBalance = balance;
    }
}

contract RocketDAOProtocolSettingsNetwork {
    function getNodeShare() public pure returns (uint256) {
        return 0.05 ether;
    }

    function getVoterShare() public pure returns (uint256) {
        return 0.09 ether;
    }

    function getProtocolDAOShare() public pure returns (uint256) {
        return 0;
    }

    function getRethCommission() external pure returns (uint256) {
        return getNodeShare() + getVoterShare() + getProtocolDAOShare();
    }
}
